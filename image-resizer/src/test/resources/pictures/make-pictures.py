"""Makes the pictures that Java can't write. Needs Pillow 12; run in this folder. See README.md."""

import struct
from PIL import Image, ImageCms

WIDTH, HEIGHT = 64, 48
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 40), (40, 50, 200), (230, 220, 40)


def quarters(alpha=None):
    """Red and green above, blue and yellow below; with an opacity for each quarter if wanted."""
    opacity = alpha or (255, 255, 255, 255)
    picture = Image.new("RGBA", (WIDTH, HEIGHT))
    for index, colour in enumerate((RED, GREEN, BLUE, YELLOW)):
        left, top = index % 2 * WIDTH // 2, index // 2 * HEIGHT // 2
        picture.paste(colour + (opacity[index],), (left, top, left + WIDTH // 2, top + HEIGHT // 2))
    return picture if alpha else picture.convert("RGB")


def s15_fixed16(*numbers):
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def cmyk_profile():
    """The smallest CMYK profile: a table of 16 colours, in which magenta comes out as a pure green.

    No printer is like that. But a reader that ignores the profile can't get it right by accident.
    """
    def lab(c, m, y, k):
        if k:
            return (0, 128, 128)
        if m and not (c or y):
            return (round(87.7 * 2.55), 128 - 79, 128 + 81)  # green, L*a*b* D50
        lightness = 255 - 70 * (c + m + y)
        return (lightness, 128, 128)

    table = bytes()
    for node in range(16):
        table += bytes(lab(node >> 3 & 1, node >> 2 & 1, node >> 1 & 1, node & 1))
    ramp = bytes(range(256))
    unchanged = s15_fixed16(1, 0, 0, 0, 1, 0, 0, 0, 1)
    to_lab = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + unchanged + ramp * 4 + table + ramp * 3
    # The way back is never used, but Java accepts no profile without it.
    from_lab = b"mft1\0\0\0\0" + bytes((3, 4, 2, 0)) + unchanged + ramp * 3 + bytes(8 * 4) + ramp * 4
    text = b"text\0\0\0\0No rights reserved\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"CMYK\0" + bytes(4 + 4 + 2 + 1 + 67)
    white = b"XYZ \0\0\0\0" + s15_fixed16(0.9642, 1, 0.8249)
    tags, body = [], b""
    start = 128 + 4 + 12 * 5
    for name, content in ((b"desc", description), (b"cprt", text), (b"wtpt", white), (b"A2B0", to_lab), (b"B2A0", from_lab)):
        content += bytes(-len(content) % 4)
        tags.append(name + struct.pack(">II", start + len(body), len(content)))
        body += content
    table = struct.pack(">I", len(tags)) + b"".join(tags)
    header = struct.pack(">I", 128 + len(table) + len(body)) + bytes(4) + b"\x02\x40\0\0" + b"prtrCMYKLab "
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + s15_fixed16(0.9642, 1, 0.8249)
    return header + bytes(128 - len(header)) + table + body


def cmyk_quarters():
    picture = Image.new("CMYK", (WIDTH, HEIGHT))
    inks = (0, 255, 255, 0), (255, 0, 255, 0), (0, 255, 0, 0), (0, 0, 0, 255)
    for index, ink in enumerate(inks):
        left, top = index % 2 * WIDTH // 2, index // 2 * HEIGHT // 2
        picture.paste(ink, (left, top, left + WIDTH // 2, top + HEIGHT // 2))
    return picture


def save_ycck(name):
    """Pillow writes no YCCK, but it writes four components as they are; then the Adobe segment says how they are meant."""
    c, m, y, k = cmyk_quarters().split()
    # Adobe stores 255 minus ink, and YCCK transforms 255 minus that as if it were red, green and blue: the ink itself.
    ycc = Image.merge("RGB", (c, m, y)).convert("YCbCr").split()
    # Pillow inverts what it writes; that is right for black, and undone for the others.
    invert = lambda channel: channel.point(lambda value: 255 - value)
    Image.merge("CMYK", [invert(channel) for channel in ycc] + [k]).save(name, quality=95)
    content = bytearray(open(name, "rb").read())
    adobe = content.index(b"Adobe")
    content[adobe + 11] = 2
    open(name, "wb").write(content)


cmyk_quarters().save("cmyk.jpg", quality=95)
cmyk_quarters().save("cmyk-profile.jpg", quality=95, icc_profile=cmyk_profile())
save_ycck("ycck.jpg")
quarters().save("lossy.webp", quality=90)
quarters().save("lossless.webp", lossless=True)
quarters((255, 128, 0, 255)).save("alpha-lossless.webp", lossless=True)
quarters((255, 128, 0, 255)).save("alpha-lossy.webp", quality=90)
exif = Image.Exif()
exif[0x0112] = 6
quarters().save("turned.webp", lossless=True, exif=exif)
quarters().save("animated.webp", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT))], duration=100, lossless=True)
quarters().save("animated.gif", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), "white")], duration=100)
quarters().save("422.jpg", quality=95, subsampling="4:2:2")
quarters().save("restarts.jpg", quality=95, subsampling="4:2:0", restart_marker_blocks=3)
for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
    quarters().save("rgb-%s.tif" % compression, compression=compression)
cmyk_quarters().save("cmyk.tif", compression="tiff_lzw")
