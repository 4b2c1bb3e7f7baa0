//! The elements and attributes that a published drawing may have (SVG 1.1 appendices N and M, SVG 2 appendices I and J, Filter Effects,
//! WAI-ARIA). One table: an element, and its own attributes beside those that every element may have.
//!
//! What runs scripts, contains HTML or reacts to events is in neither list. Which values an attribute may have is not decided here.

/// Attributes of every element.
const COMMON: &[&str] = &[
    "class",
    "focusable",
    "id",
    "lang",
    "requiredExtensions",
    "requiredFeatures",
    "role",
    "style",
    "systemLanguage",
    "tabindex",
    "transform",
    "xml:lang",
    "xml:space",
    "xmlns",
    "xmlns:svg",
    "xmlns:xlink",
];

/// Properties of CSS that are attributes too, on every element.
const PRESENTATION: &[&str] = &[
    "alignment-baseline",
    "baseline-shift",
    "clip",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "color-profile",
    "color-rendering",
    "cursor",
    "direction",
    "display",
    "dominant-baseline",
    "enable-background",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font",
    "font-family",
    "font-feature-settings",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-variation-settings",
    "font-weight",
    "glyph-orientation-horizontal",
    "glyph-orientation-vertical",
    "image-rendering",
    "inline-size",
    "isolation",
    "kerning",
    "letter-spacing",
    "lighting-color",
    "line-height",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-type",
    "mix-blend-mode",
    "opacity",
    "overflow",
    "paint-order",
    "pointer-events",
    "shape-inside",
    "shape-rendering",
    "solid-color",
    "solid-opacity",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-alignment",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-align",
    "text-align-all",
    "text-anchor",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-fill",
    "text-decoration-line",
    "text-decoration-stroke",
    "text-decoration-style",
    "text-indent",
    "text-orientation",
    "text-overflow",
    "text-rendering",
    "text-transform",
    "transform-box",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "white-space",
    "word-spacing",
    "writing-mode",
];

const AREA: &[&str] = &["height", "width", "x", "y"];
const LINK: &[&str] = &["href", "xlink:href", "xlink:title", "xlink:type"];
const ANIMATION: &[&str] = &[
    "accumulate",
    "additive",
    "attributeName",
    "attributeType",
    "begin",
    "by",
    "calcMode",
    "dur",
    "end",
    "fill",
    "from",
    "keySplines",
    "keyTimes",
    "max",
    "min",
    "repeatCount",
    "repeatDur",
    "restart",
    "to",
    "values",
];
const GRADIENT: &[&str] = &["gradientTransform", "gradientUnits", "spreadMethod"];
const PRIMITIVE: &[&str] = &["height", "in", "result", "width", "x", "y"];
const TRANSFER: &[&str] = &["amplitude", "exponent", "intercept", "offset", "slope", "tableValues", "type"];
const LIGHT: &[&str] = &["kernelUnitLength", "surfaceScale"];
const GLYPHS: &[&str] = &["dx", "dy", "rotate", "x", "y"];
const LENGTH: &[&str] = &["lengthAdjust", "textLength"];

/// Each element with the groups of its own attributes.
const ELEMENTS: &[(&str, &[&[&str]])] = &[
    ("a", &[LINK, &["download", "hreflang", "rel", "target", "type", "xlink:show"]]),
    ("animate", &[ANIMATION, LINK]),
    ("animateMotion", &[ANIMATION, LINK, &["keyPoints", "origin", "path", "rotate"]]),
    ("animateTransform", &[ANIMATION, LINK, &["type"]]),
    ("circle", &[&["cx", "cy", "pathLength", "r"]]),
    ("clipPath", &[&["clipPathUnits"]]),
    ("defs", &[]),
    ("desc", &[]),
    ("ellipse", &[&["cx", "cy", "pathLength", "rx", "ry"]]),
    ("feBlend", &[PRIMITIVE, &["in2", "mode"]]),
    ("feColorMatrix", &[PRIMITIVE, &["type", "values"]]),
    ("feComponentTransfer", &[PRIMITIVE]),
    ("feComposite", &[PRIMITIVE, &["in2", "k1", "k2", "k3", "k4", "operator"]]),
    (
        "feConvolveMatrix",
        &[
            PRIMITIVE,
            &[
                "bias",
                "divisor",
                "edgeMode",
                "kernelMatrix",
                "kernelUnitLength",
                "order",
                "preserveAlpha",
                "targetX",
                "targetY",
            ],
        ],
    ),
    ("feDiffuseLighting", &[PRIMITIVE, LIGHT, &["diffuseConstant"]]),
    ("feDisplacementMap", &[PRIMITIVE, &["in2", "scale", "xChannelSelector", "yChannelSelector"]]),
    ("feDistantLight", &[&["azimuth", "elevation"]]),
    ("feDropShadow", &[PRIMITIVE, &["dx", "dy", "stdDeviation"]]),
    ("feFlood", &[PRIMITIVE]),
    ("feFuncA", &[TRANSFER]),
    ("feFuncB", &[TRANSFER]),
    ("feFuncG", &[TRANSFER]),
    ("feFuncR", &[TRANSFER]),
    ("feGaussianBlur", &[PRIMITIVE, &["edgeMode", "stdDeviation"]]),
    ("feImage", &[PRIMITIVE, LINK, &["crossorigin", "preserveAspectRatio"]]),
    ("feMerge", &[PRIMITIVE]),
    ("feMergeNode", &[&["in"]]),
    ("feMorphology", &[PRIMITIVE, &["operator", "radius"]]),
    ("feOffset", &[PRIMITIVE, &["dx", "dy"]]),
    ("fePointLight", &[&["x", "y", "z"]]),
    ("feSpecularLighting", &[PRIMITIVE, LIGHT, &["specularConstant", "specularExponent"]]),
    (
        "feSpotLight",
        &[&["limitingConeAngle", "pointsAtX", "pointsAtY", "pointsAtZ", "specularExponent", "x", "y", "z"]],
    ),
    ("feTile", &[PRIMITIVE]),
    ("feTurbulence", &[PRIMITIVE, &["baseFrequency", "numOctaves", "seed", "stitchTiles", "type"]]),
    ("filter", &[AREA, LINK, &["filterRes", "filterUnits", "primitiveUnits"]]),
    ("g", &[]),
    ("image", &[AREA, LINK, &["crossorigin", "decoding", "preserveAspectRatio"]]),
    ("line", &[&["pathLength", "x1", "x2", "y1", "y2"]]),
    ("linearGradient", &[GRADIENT, LINK, &["x1", "x2", "y1", "y2"]]),
    (
        "marker",
        &[&["markerHeight", "markerUnits", "markerWidth", "orient", "preserveAspectRatio", "refX", "refY", "viewBox"]],
    ),
    ("mask", &[AREA, &["maskContentUnits", "maskUnits"]]),
    ("mpath", &[LINK]),
    ("path", &[&["d", "pathLength"]]),
    (
        "pattern",
        &[AREA, LINK, &["patternContentUnits", "patternTransform", "patternUnits", "preserveAspectRatio", "viewBox"]],
    ),
    ("polygon", &[&["pathLength", "points"]]),
    ("polyline", &[&["pathLength", "points"]]),
    ("radialGradient", &[GRADIENT, LINK, &["cx", "cy", "fr", "fx", "fy", "r"]]),
    ("rect", &[AREA, &["pathLength", "rx", "ry"]]),
    ("stop", &[&["offset"]]),
    ("style", &[&["media", "title", "type"]]),
    ("svg", &[AREA, &["baseProfile", "preserveAspectRatio", "version", "viewBox", "zoomAndPan"]]),
    ("switch", &[]),
    ("symbol", &[AREA, &["preserveAspectRatio", "refX", "refY", "viewBox"]]),
    ("text", &[GLYPHS, LENGTH]),
    ("textPath", &[LINK, LENGTH, &["method", "path", "side", "spacing", "startOffset"]]),
    ("title", &[]),
    ("tspan", &[GLYPHS, LENGTH]),
    ("use", &[AREA, LINK]),
    ("view", &[&["preserveAspectRatio", "viewBox", "viewTarget", "zoomAndPan"]]),
];

/// Whether a published drawing may have an element of this local name.
pub(super) fn is_element(name: &str) -> bool {
    own_attributes(name).is_some()
}

/// Whether an element of this local name may have an attribute.
pub(super) fn is_attribute(element: &str, name: &str) -> bool {
    let is_own = || own_attributes(element).is_some_and(|groups| groups.iter().any(|group| group.contains(&name)));
    COMMON.contains(&name) || PRESENTATION.contains(&name) || is_note(name) || is_own()
}

/// Whether an animation may change an attribute of this name: numbers, colours and classes, but no address and no style.
pub(super) fn is_animated(name: &str) -> bool {
    let is_fixed = LINK.contains(&name) || (COMMON.contains(&name) && !matches!(name, "class" | "transform"));
    !is_fixed && ELEMENTS.iter().any(|(element, _)| is_attribute(element, name))
}

/// `aria-…` and `data-…` describe an element, and change nothing.
fn is_note(name: &str) -> bool {
    let rest = name.strip_prefix("aria-").or_else(|| name.strip_prefix("data-"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(':'))
}

fn own_attributes(element: &str) -> Option<&'static [&'static [&'static str]]> {
    let at = ELEMENTS.binary_search_by_key(&element, |(name, _)| name).ok()?;
    Some(ELEMENTS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_the_order_that_the_search_needs() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ELEMENTS.iter().all(|(name, _)| is_element(name)));
    }

    #[test]
    fn no_list_names_an_event_or_what_loads_by_itself() {
        let all = ELEMENTS.iter().flat_map(|(_, groups)| groups.iter()).chain([&COMMON, &PRESENTATION]);
        for name in all.flat_map(|group| group.iter()) {
            let is_dangerous =
                name.starts_with("on") || matches!(*name, "src" | "srcset" | "ping" | "xml:base" | "formaction");
            assert!(!is_dangerous, "{name}");
        }
    }

    #[test]
    fn an_animation_changes_no_address_and_no_name() {
        for name in ["href", "xlink:href", "style", "id", "onload", "xmlns", "src", ""] {
            assert!(!is_animated(name), "{name}");
        }
        for name in ["fill", "d", "r", "class", "transform", "x", "stdDeviation", "offset"] {
            assert!(is_animated(name), "{name}");
        }
    }
}
