//! What the command ends with, so that a script can tell.

/// Done.
pub const DONE: u8 = 0;
/// `diff`: there are differences.
pub const DIFFERENT: u8 = 1;
/// The arguments are wrong.
pub const USAGE: u8 = 2;
/// Refused before anything was sent: the API cannot do it or hold it, or the integration would refuse it.
pub const REFUSED: u8 = 3;
/// There is no such contact.
pub const NOT_FOUND: u8 = 4;
/// The API refused it, or could not be reached.
pub const FAILED: u8 = 5;
/// What became of a write is not known: it may have been applied.
pub const UNKNOWN: u8 = 6;
/// A profile, a credential or a file is missing or wrong.
pub const CONFIGURATION: u8 = 7;
/// An import or a sync ended, and some contacts were refused or are for a person to decide.
pub const INCOMPLETE: u8 = 8;
/// Ended by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// The table in the help text.
pub(crate) const HELP: &str = "\
Exit codes:
  0    done
  1    diff: there are differences
  2    the arguments are wrong
  3    refused before anything was sent
  4    there is no such contact
  5    the API refused it, or could not be reached
  6    what became of a write is not known
  7    a profile, a credential or a file is missing or wrong
  8    import, sync: some contacts were refused, or are for a person to decide
  130  ended by Ctrl-C";
