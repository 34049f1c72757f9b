//! Definitions and who needs them in, when each of them is there out.
