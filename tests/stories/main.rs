//! What editors do and what they and their readers see: each test reads as a story on a small site.
//!
//! One program, so that it is linked once; suites that time themselves against the clock (`tests/watch`) or run long (`tests/warm_is_cold`)
//! are programs of their own.

mod addresses;
mod articles;
mod bounded;
mod buffers;
mod check;
mod check_command;
mod commands;
mod external;
mod faults;
mod fixes;
mod hostile;
mod hosts;
mod image_bombs;
mod images;
mod languages;
mod letters_exports;
mod letters_on_pages;
mod listings;
mod long_words;
mod moving_in;
mod names;
mod odd_files;
mod private;
mod published;
mod publishing;
mod raw_html;
mod reference;
mod runaway_templates;
mod search;
#[cfg(unix)]
mod served;
mod structured_data;
mod support;
mod vanishing;
