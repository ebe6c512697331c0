//! Everything a generated client needs at run time, and the only code that sends.
