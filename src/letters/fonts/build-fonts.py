"""Makes the fonts of the letters' PDFs, offline, from packages.

    npm install @fontsource/newsreader@5        (Newsreader 16pt 1.003, SIL Open Font License 1.1)
    apt-get download fonts-noto-core && dpkg -x (Noto Naskh Arabic of 2020-12-25, same licence)
    pip install fonttools brotli
    python3 build-fonts.py NODE_MODULES DEBIAN_ROOT THEMES/DEFAULT/ASSETS/FONTS/noto-nastaliq-urdu.woff2 OUTPUT

Newsreader comes in two files per face, Latin and Latin Extended, and is joined here. What is not used is
dropped: hinting (PDF viewers render without it), glyph names, old layout tables, and characters of other scripts.
"""
import os
import sys
from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = "U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02C6,U+02C7,U+02D8-02DD,U+0300-030C,U+0326-0328,U+1E00-1EFF," \
        "U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20A8,U+20AC,U+20B9," \
        "U+2116,U+2122,U+2190-2193,U+2212,U+2215"
URDU = "U+0020-007E,U+00A0,U+00AB,U+00BB,U+0600-061F,U+0620-06FF,U+FDFA,U+FDFB,U+FDF2,U+FDFD,U+200B-200F,U+2010-2015," \
       "U+2018-201E,U+2026,U+2030,U+2066-2069"


def shrunk(path, out, unicodes, features):
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.legacy_kern = False
    options.notdef_outline = True
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["DSIG", "STAT", "meta", "FFTM"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(unicodes.replace("U+", "")))
    subsetter.subset(font)
    # The same input gives the same file.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out)
    print(out, os.path.getsize(out), len(font.getGlyphOrder()))


def newsreader(modules, out):
    files = os.path.join(modules, "@fontsource", "newsreader", "files")
    for weight, style, name in ((400, "normal", "regular"), (400, "italic", "italic"), (600, "normal", "semibold")):
        parts = []
        for part in ("latin", "latin-ext"):
            font = TTFont(os.path.join(files, f"newsreader-{part}-{weight}-{style}.woff2"))
            font.flavor = None
            # One substitution table is enough: the second file's is for Dutch and Turkish alone.
            if part == "latin-ext":
                del font["GSUB"]
            parts.append(f"/tmp/{part}-{weight}-{style}.ttf")
            font.save(parts[-1])
        joined = merge.Merger().merge(parts)
        joined.save(f"/tmp/joined-{weight}-{style}.ttf")
        shrunk(f"/tmp/joined-{weight}-{style}.ttf", os.path.join(out, f"newsreader-{name}.ttf"), LATIN,
               ["kern", "mark", "mkmk", "liga"])


def noto(root, out):
    files = os.path.join(root, "usr", "share", "fonts", "truetype", "noto")
    arabic = ["init", "medi", "fina", "isol", "rlig", "liga", "ccmp", "calt", "kern", "mark", "mkmk", "curs", "locl", "rclt"]
    for source, name in (("NotoNaskhArabic-Regular", "naskh-regular"), ("NotoNaskhArabic-Bold", "naskh-bold")):
        shrunk(os.path.join(files, source + ".ttf"), os.path.join(out, f"{name}.ttf"), URDU, arabic)


def nastaliq(web_font, out):
    """Two weights with all their characters and features."""
    for weight, name in ((400, "regular"), (600, "semibold")):
        font = TTFont(web_font)
        font.flavor = None
        font = instancer.instantiateVariableFont(font, {"wght": weight})
        options = subset.Options()
        options.hinting = False
        options.glyph_names = False
        options.notdef_outline = True
        options.layout_features = ["*"]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.drop_tables += ["STAT"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=font.getBestCmap())
        subsetter.subset(font)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(os.path.join(out, f"nastaliq-{name}.ttf"))


if __name__ == "__main__":
    os.makedirs(sys.argv[4], exist_ok=True)
    newsreader(sys.argv[1], sys.argv[4])
    noto(sys.argv[2], sys.argv[4])
    nastaliq(sys.argv[3], sys.argv[4])
