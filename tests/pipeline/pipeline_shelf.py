"""Real photos in a real catalog, decoded in this process and captioned by hand."""

import os

from PIL import Image

from blipdesk.catalog import Catalog
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.jobs import CaptionOptions, CaptionResult
from blipdesk.domain.values import FileStamp, SeenFile
from blipdesk.metadata import read_beside
from blipdesk.pipeline.captioner import Captioned, commit_of
from blipdesk.pipeline.decoder import LocalDecoder

SIDECAR = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>"
    "<rdf:li xml:lang='x-default'>Anna and the old boat</rdf:li></rdf:Alt></dc:description>"
    "<dc:subject><rdf:Bag><rdf:li>Anna</rdf:li></rdf:Bag></dc:subject>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
"""What a person wrote beside a photo."""


class Shelf:
    """A catalog over a folder of photos; as a fixture's value it is checked and closed at the end."""

    def __init__(self, tmp_path) -> None:
        self.photos = tmp_path / "photos"
        self.photos.mkdir()
        self.catalog = Catalog.open(tmp_path / "data")
        self.folder = self.catalog.add_folder(str(self.photos))

    def put(self, name, *, taken=None, camera=None, caption=None, black=False, sidecar=None):
        """A photo file; all of them show the same picture, or nothing at all."""
        path = self.photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.new("L", (64, 48)) if black else Image.linear_gradient("L").resize((64, 48))
        exif = Image.Exif()
        if caption is not None:
            exif[0x010E] = caption
        if camera is not None:
            exif[0x0110] = camera
        if taken is not None:
            exif.get_ifd(0x8769)[0x9003] = taken
        picture.convert("RGB").save(path, "JPEG", exif=exif)
        if sidecar is not None:
            path.with_name(path.name + ".xmp").write_text(sidecar)
        return path

    def register(self, path):
        """The file as it is now; gives the photo's id."""
        status = os.stat(path)
        stamp = FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
        seen = SeenFile(str(path), stamp, content_hash_of(path.read_bytes()))
        return self.catalog.register(self.folder.id, [seen])[0]

    def meet(self, path):
        """Register the file, claim its job and decode it, as a run does."""
        self.register(path)
        self.catalog.enqueue_pending("m")
        (job,) = self.catalog.claim("m", 1)
        return job, LocalDecoder().decode(path.read_bytes(), str(path), 32, read_beside(str(path)).data)

    def caption(self, job, decoded):
        """The model's word for what was met."""
        result = CaptionResult(text="a boat", keywords=("boat",))
        self.catalog.commit_captions([commit_of(job, decoded, Captioned(result), CaptionOptions())])

    def photo(self, path):
        return self.catalog.photo_by_path(str(path))

    def close(self):
        assert self.catalog.check() == []
        self.catalog.close()
