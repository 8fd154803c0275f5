-- The record. Facts are closed, never deleted; every committed change has a rising number.
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS change (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES run, what TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS source (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change,
    origin TEXT NOT NULL, withdrawn INTEGER REFERENCES change
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_document ON source (document);
CREATE TABLE IF NOT EXISTS address (address TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS address_source ON address (source);
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source, text TEXT NOT NULL, original BLOB NOT NULL,
    first_seen TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run
);
-- What each finder of a document said about it.
CREATE TABLE IF NOT EXISTS finding (
    document TEXT NOT NULL REFERENCES document, name TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, published TEXT,
    media_type TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run, gone INTEGER REFERENCES change
);
CREATE UNIQUE INDEX IF NOT EXISTS finding_once ON finding
    (document, name, title, ifnull(publisher, ''), ifnull(published, ''), media_type);
-- `record` is what is shown since change `opened`; where a decision has altered or rejected it, `extracted` is what was read.
CREATE TABLE IF NOT EXISTS fact (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source, document TEXT NOT NULL REFERENCES document,
    kind TEXT NOT NULL, record TEXT NOT NULL, extracted TEXT, first_run INTEGER NOT NULL REFERENCES run,
    last_run INTEGER NOT NULL REFERENCES run, opened INTEGER NOT NULL REFERENCES change, closed INTEGER REFERENCES change
);
CREATE INDEX IF NOT EXISTS fact_source ON fact (source, closed);
CREATE INDEX IF NOT EXISTS fact_opened ON fact (opened);
CREATE INDEX IF NOT EXISTS fact_closed ON fact (closed) WHERE closed IS NOT NULL;
-- What was shown of a fact earlier: from change `opened` until before change `closed`.
CREATE TABLE IF NOT EXISTS past (
    fact TEXT NOT NULL REFERENCES fact, source TEXT NOT NULL REFERENCES source, record TEXT NOT NULL,
    opened INTEGER NOT NULL REFERENCES change, closed INTEGER NOT NULL REFERENCES change
);
CREATE INDEX IF NOT EXISTS past_fact ON past (fact);
CREATE INDEX IF NOT EXISTS past_closed ON past (closed);
-- What of documents' texts has to be equal for them to be copies of one story, and which are.
CREATE TABLE IF NOT EXISTS band (key TEXT NOT NULL, document TEXT NOT NULL REFERENCES document);
CREATE INDEX IF NOT EXISTS band_key ON band (key);
CREATE TABLE IF NOT EXISTS copy (
    document TEXT NOT NULL REFERENCES document, other TEXT NOT NULL REFERENCES document, PRIMARY KEY (document, other)
) WITHOUT ROWID;
-- Where documents say that names stand for one.
CREATE TABLE IF NOT EXISTS told (
    document TEXT NOT NULL REFERENCES document, left TEXT NOT NULL, right TEXT NOT NULL, how TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS told_document ON told (document);
-- Who takes part in the open facts: by the name as written, and by the name that it stands for within the source.
-- `identity` has the entity of each name that is meant: none, an empty key, where no open fact uses the name any more.
CREATE TABLE IF NOT EXISTS participant (
    source TEXT NOT NULL REFERENCES source, fact TEXT NOT NULL REFERENCES fact, role TEXT NOT NULL,
    family TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, meant TEXT NOT NULL, block TEXT NOT NULL,
    dimension TEXT
);
CREATE INDEX IF NOT EXISTS participant_source ON participant (source, family, name);
CREATE INDEX IF NOT EXISTS participant_block ON participant (family, block, meant, type);
CREATE INDEX IF NOT EXISTS participant_fact ON participant (fact);
CREATE INDEX IF NOT EXISTS participant_use ON participant (family, meant, name, dimension, fact, source);
CREATE TABLE IF NOT EXISTS identity (
    family TEXT NOT NULL, name TEXT NOT NULL, block TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
    type TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change, PRIMARY KEY (family, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identity_block ON identity (family, block);
CREATE INDEX IF NOT EXISTS identity_key ON identity (family, key);
CREATE INDEX IF NOT EXISTS identity_change ON identity (change);
-- Who takes part in the open facts with the entity that the name stands for.
CREATE VIEW IF NOT EXISTS part AS
    SELECT participant.source, fact, role, participant.family, participant.name, dimension, key, label, identity.type, change
    FROM participant JOIN identity ON identity.family = participant.family AND identity.name = participant.meant;
-- The log of judgements; `source` where it holds for the names of one source only, `undone` since which change it is taken back.
CREATE TABLE IF NOT EXISTS judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, left TEXT NOT NULL, right TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure', 'means', 'identifier')), source TEXT,
    who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, change INTEGER NOT NULL REFERENCES change,
    undone INTEGER REFERENCES change
);
-- The log of decisions on facts, with what it takes to know a fact again that is read otherwise.
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL REFERENCES source, fact TEXT NOT NULL REFERENCES fact,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct')), kind TEXT NOT NULL, quote TEXT NOT NULL,
    parties TEXT NOT NULL, patch TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
    change INTEGER NOT NULL REFERENCES change, undone INTEGER REFERENCES change
);
CREATE INDEX IF NOT EXISTS decision_source ON decision (source);
CREATE TABLE IF NOT EXISTS problem (
    source TEXT NOT NULL REFERENCES source, fact TEXT NOT NULL REFERENCES fact, reason TEXT NOT NULL,
    PRIMARY KEY (source, fact)
) WITHOUT ROWID;
-- RDF of users by the name of its graph, as N-Triples; shown as long as it is not gone.
CREATE TABLE IF NOT EXISTS import (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, file TEXT NOT NULL, triples INTEGER NOT NULL,
    data BLOB NOT NULL, change INTEGER NOT NULL REFERENCES change, gone INTEGER REFERENCES change
);
CREATE VIRTUAL TABLE IF NOT EXISTS sentence USING fts5 (
    text, document UNINDEXED, start UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
-- The rows that each watch has given; one that has been asked has at least an empty row.
CREATE TABLE IF NOT EXISTS watched (
    watch TEXT NOT NULL, row TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (watch, row)
) WITHOUT ROWID;
-- What was fetched or read from a file: the mark of its version, and what became of it.
CREATE TABLE IF NOT EXISTS fetched (
    address TEXT PRIMARY KEY, etag TEXT, modified TEXT, version TEXT, outcome TEXT NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID;
