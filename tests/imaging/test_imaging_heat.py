import io

from PIL import Image

from blipdesk.imaging.heat import draw_heat


def test_a_heat_map_is_brightest_where_it_is_hot():
    grey = io.BytesIO()
    Image.new("RGB", (200, 100), (120, 120, 120)).save(grey, "JPEG")
    with Image.open(io.BytesIO(draw_heat(grey.getvalue(), 4, 2, [0, 0, 0, 1] + [0] * 4))) as drawn:
        assert drawn.size == (200, 100)
        hot, cold = drawn.getpixel((190, 10)), drawn.getpixel((10, 90))
    assert sum(hot) > 2 * sum(cold)
    assert hot[0] > hot[2]  # warm
