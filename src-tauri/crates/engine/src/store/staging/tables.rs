//! The tables of a read, and the conditions that several queries over them share.

/// Everything there is. All of it is there from the start: a table that is made later lets SQLite compile every statement anew.
pub(super) const ALL: [&str; 8] =
    [READ, NAMESAKES, VERDICTS, WAITING_LINKS, ADOPTIONS, PAIRS, TURNS, NEW_NAMES];

/// Everybody who was read, and what is needed to plan for them.
const READ: &str = "
                 CREATE TABLE staged (unfit INTEGER NOT NULL, user_key INTEGER NOT NULL, email_key INTEGER NOT NULL,
                    digest BLOB NOT NULL, identity TEXT NOT NULL, dn TEXT NOT NULL, user_name TEXT NOT NULL, email TEXT NOT NULL,
                    display_name TEXT, given_name TEXT, surname TEXT, department TEXT, country TEXT, title TEXT, other TEXT);
                 CREATE TABLE claims (identity TEXT PRIMARY KEY, mapping TEXT NOT NULL) WITHOUT ROWID;
                 CREATE TABLE only_these (identity TEXT PRIMARY KEY) WITHOUT ROWID;
                 CREATE TABLE repeated (identity TEXT PRIMARY KEY) WITHOUT ROWID;
                 CREATE TABLE suspects (kind INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
";

/// Who has what several have: people who may (rows of `staged`), who keeps a name, and whose an identity is (a row of `staged`).
const NAMESAKES: &str = "
    CREATE TABLE candidates (at INTEGER NOT NULL);
    CREATE TABLE duplicates (kind INTEGER NOT NULL, key INTEGER NOT NULL, winner TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
    CREATE TABLE owners (identity TEXT NOT NULL, owner INTEGER);";

/// What is proven of people who were not read.
const VERDICTS: &str = "CREATE TABLE proofs (identity TEXT PRIMARY KEY, verdict INTEGER NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;";

/// Who waits to be linked by another mapping, by their former identity, and which mapping will have them.
const WAITING_LINKS: &str =
    "CREATE TABLE waiting_links (former TEXT PRIMARY KEY, mapping TEXT NOT NULL) WITHOUT ROWID;";

/// Who may be a user of the cloud already: one who comes from no directory, or one with the identity `former`.
const ADOPTIONS: &str = "
    CREATE TABLE adoptions (identity TEXT PRIMARY KEY, cloud_id TEXT NOT NULL, how INTEGER NOT NULL, other TEXT NOT NULL,
        former TEXT) WITHOUT ROWID;
    CREATE INDEX adoptions_former ON adoptions (former);";

/// Pairs of somebody who was read, whom the cloud does not know, and a user whose entry was not.
const PAIRS: &str = "
    CREATE TABLE pairs (identity TEXT NOT NULL, unfit INTEGER NOT NULL, dn TEXT NOT NULL, former TEXT NOT NULL,
        cloud_id TEXT NOT NULL, former_dn TEXT NOT NULL, same_dn INTEGER NOT NULL);
    CREATE INDEX pairs_identity ON pairs (identity);
    CREATE INDEX pairs_former ON pairs (former);";

/// Whose turn it is to be sent, where a user name has to be given up before; 0 for everybody else. And who takes whose name.
const TURNS: &str = "
    CREATE TABLE turns (identity TEXT PRIMARY KEY, turn INTEGER NOT NULL, parked INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE takes (identity TEXT PRIMARY KEY, holder TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX takes_holder ON takes (holder);";

/// The verdict on somebody who cannot be told from people who are out of sight.
pub(super) const UNPROVEN: i64 = 3;
/// The verdict of a server that may not be the right one.
pub(super) const DOUBTED: i64 = 6;
/// The verdict on somebody who is seen, or may be: neither removed nor anybody's former entry.
pub(super) const UNDECIDED: i64 = 8;

/// Verdicts that make somebody inactive, once approved where that is needed.
pub(super) const REMOVING: &str = "(1, 2, 3)";

/// Verdicts on people who cannot be found by their identity.
pub(super) const GONE: &str = "(1, 3, 6)";

/// `s` is nobody whom the cloud is known to have.
pub(super) const UNKNOWN: &str = "NOT EXISTS (SELECT 1 FROM main_store.people k WHERE k.identity = s.identity AND k.cloud_id <> '')";

/// `p` was not read and is inactive in the cloud: of the account `:account`, or of another one, which is not looked at.
pub(super) const INACTIVE: &str =
    "NOT p.active AND NOT EXISTS (SELECT 1 FROM staged r WHERE r.identity = p.identity)";

/// `p` has no entry any more as far as can be seen. The directory was asked, unless `p` is of another account.
pub(super) const FORMER: &str = "NOT EXISTS (SELECT 1 FROM staged r WHERE r.identity = p.identity)
    AND (p.identity IN (SELECT identity FROM proofs WHERE verdict IN (1, 3, 6))
        OR NOT p.active AND p.account <> :account)";

/// Who was read, as `s`, and has the identity of the user `p` and nothing else of theirs.
pub(super) const NOTHING_ELSE: &str =
    "FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.cloud_id <> ''
    WHERE p.dn <> s.dn COLLATE NOCASE AND p.user_key <> s.user_key AND p.email_key <> s.email_key";

/// Active people of `:mapping` who should have been read and were not, as `p`; without those whose new entry was read.
pub(super) const ABSENT: &str = "FROM main_store.people p WHERE p.mapping = :mapping AND p.active
    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.identity = p.identity)
    AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.former = p.identity)";
/// The same where only some were read.
pub(super) const ABSENT_OF_THESE: &str = "FROM only_these o CROSS JOIN main_store.people p ON p.identity = o.identity
    WHERE p.mapping = :mapping AND p.active AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.identity = p.identity)
    AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.former = p.identity)";

/// People of other mappings with what they are to have, and who waits for them.
const NEW_NAMES: &str = "
    CREATE TABLE new_names (identity TEXT PRIMARY KEY, user_key INTEGER NOT NULL,
        gives_name INTEGER NOT NULL, gives_email INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE waiting (identity TEXT PRIMARY KEY, holder TEXT NOT NULL, parked INTEGER NOT NULL) WITHOUT ROWID;";
