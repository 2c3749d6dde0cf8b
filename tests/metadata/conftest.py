import metadata_samples as samples
import pytest


@pytest.fixture
def photo(tmp_path):
    """A photo as a camera leaves it, alone in its folder."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(samples.camera_photo())
    return path
