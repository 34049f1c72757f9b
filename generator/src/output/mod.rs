//! [`Files`](crate::Files) in, a folder out: written, or compared with what is there.
