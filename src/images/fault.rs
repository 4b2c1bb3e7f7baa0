//! Why an image can't be shown.

/// Why a image can't be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageFault {
    /// It can't be decoded.
    Broken(String),
    /// It has more pixels than memory is set aside for: width and height.
    TooLarge(u32, u32),
    /// Its file has more bytes than any image for a page.
    TooHeavy(usize),
    /// No browser that matters shows this kind.
    WrongKind(String),
}
