//! The bytes of an image → its size, so that a page reserves its place while images load.

/// Width and height in CSS pixels. `None` for what isn't an image, or one without a size of its own.
#[must_use]
pub fn dimensions(bytes: &[u8], extension: &str) -> Option<(u32, u32)> {
    if extension == "svg" {
        return svg_dimensions(bytes);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of the root element, or the size of its `viewBox` (SVG 2 § 8.2).
fn svg_dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8 * 1024)]);
    let start = head.find("<svg")?;
    let tag = &head[start..start + head[start..].find('>')?];
    let length = |name: &str| attribute(tag, name)?.trim_end_matches("px").trim().parse::<f64>().ok();
    let (width, height) = match (length("width"), length("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => view_box(tag)?,
    };
    let whole = |length: f64| (1.0..100_000.0).contains(&length).then(|| length.round() as u32);
    Some((whole(width)?, whole(height)?))
}

fn view_box(tag: &str) -> Option<(f64, f64)> {
    let mut numbers = attribute(tag, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let is_whole_name = rest[..at].ends_with(char::is_whitespace);
        let after = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        let Some(value) = after.strip_prefix('=').filter(|_| is_whole_name) else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        return value[1..].split(quote).next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_has_the_size_that_it_states_or_that_of_its_view_box() {
        assert_eq!(dimensions(b"<svg stroke-width=\"2\" width=\"720\" height='400px'>", "svg"), Some((720, 400)));
        assert_eq!(dimensions(b"<svg viewBox=\"0 0 72 40\">", "svg"), Some((72, 40)));
        assert_eq!(dimensions(b"<svg>", "svg"), None);
    }

    #[test]
    fn bytes_that_are_no_picture_have_no_size() {
        assert_eq!(dimensions(b"hello", "png"), None);
    }
}
