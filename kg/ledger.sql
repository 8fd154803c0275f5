-- The record. Facts are closed, never deleted; every committed change has a rising number.
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS change (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES run, what TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS source (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS address (address TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS address_source ON address (source);
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source, text TEXT NOT NULL, original BLOB NOT NULL,
    first_seen TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run
);
-- What each finder of a document said about it.
CREATE TABLE IF NOT EXISTS finding (
    document TEXT NOT NULL REFERENCES document, name TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, published TEXT,
    media_type TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run
);
CREATE UNIQUE INDEX IF NOT EXISTS finding_once ON finding
    (document, name, title, ifnull(publisher, ''), ifnull(published, ''), media_type);
CREATE TABLE IF NOT EXISTS fact (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source, document TEXT NOT NULL REFERENCES document,
    kind TEXT NOT NULL, record TEXT NOT NULL, first_run INTEGER NOT NULL REFERENCES run,
    last_run INTEGER NOT NULL REFERENCES run, closed INTEGER REFERENCES change
);
CREATE INDEX IF NOT EXISTS fact_source ON fact (source, closed);
-- Who takes part in the open facts, by name, and the entity that each name stands for: none, an empty key, where no
-- open fact uses the name any more.
CREATE TABLE IF NOT EXISTS participant (
    source TEXT NOT NULL REFERENCES source, fact TEXT NOT NULL REFERENCES fact, role TEXT NOT NULL,
    family TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, block TEXT NOT NULL, dimension TEXT
);
CREATE INDEX IF NOT EXISTS participant_source ON participant (source, family, name);
CREATE INDEX IF NOT EXISTS participant_block ON participant (family, block, name, type);
CREATE INDEX IF NOT EXISTS participant_fact ON participant (fact);
CREATE INDEX IF NOT EXISTS participant_name ON participant (family, name, source);
CREATE TABLE IF NOT EXISTS identity (
    family TEXT NOT NULL, name TEXT NOT NULL, block TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
    type TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change, PRIMARY KEY (family, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identity_block ON identity (family, block);
CREATE INDEX IF NOT EXISTS identity_key ON identity (family, key);
CREATE INDEX IF NOT EXISTS identity_change ON identity (change);
CREATE TABLE IF NOT EXISTS judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, left TEXT NOT NULL, right TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')), who TEXT NOT NULL, at TEXT NOT NULL,
    why TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change
);
CREATE TABLE IF NOT EXISTS problem (
    source TEXT NOT NULL REFERENCES source, fact TEXT NOT NULL REFERENCES fact, reason TEXT NOT NULL,
    PRIMARY KEY (source, fact)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS sentence USING fts5 (
    text, document UNINDEXED, start UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
