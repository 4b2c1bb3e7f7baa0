//! What is done to the folder of a site from one run of the program to the next.

pub mod receipt;
