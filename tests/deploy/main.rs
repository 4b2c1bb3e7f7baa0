//! Deployments to real places: folders, Git repositories, and a store on this machine that speaks the protocol of Amazon S3.

mod folder;
mod git;
mod store;
mod support;
