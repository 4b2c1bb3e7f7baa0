"""Makes the font of Urdu cards from the default theme's own web font, offline.

    pip install fonttools brotli uharfbuzz
    python3 build-font.py THEMES/DEFAULT/ASSETS/FONTS/noto-nastaliq-urdu.woff2 nastaliq-semibold.ttf

A card needs one weight and neither hinting nor glyph names.
"""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

font = TTFont(sys.argv[1])
font.flavor = None
font = instancer.instantiateVariableFont(font, {"wght": 600})
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
font.save(sys.argv[2])
