CREATE TABLE evidence_sources (
	programme   TEXT NOT NULL,
	id          TEXT NOT NULL,
	kind        TEXT NOT NULL,
	document    TEXT NOT NULL,    -- which kind of document, '' for none
	frame       TEXT NOT NULL,    -- what a document mostly tells, '' for none
	title       TEXT,             -- of a document; the occasion of an observation; '' of an interview; NULL when erased
	digest      TEXT NOT NULL,    -- of a document, if it is a file
	interviewed TEXT NOT NULL,    -- the group, '' for no interview
	independent INTEGER NOT NULL, -- who observed was
	day         TEXT NOT NULL,    -- of the document or the occasion; on which an interview is planned, and then was held
	status      TEXT NOT NULL,
	consent     TEXT NOT NULL,    -- the day on which it was given, '' for not
	recording   INTEGER NOT NULL, -- 1 as long as there is one, or one is agreed on
	destroyed   TEXT NOT NULL,    -- the day on which the recording was
	compared    INTEGER NOT NULL, -- 1 once the codings were
	place       INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_fragments (
	programme    TEXT NOT NULL,
	source       TEXT NOT NULL,
	id           TEXT NOT NULL,
	text         TEXT,             -- NULL when erased
	passage      TEXT,             -- where it stands in the source, '' when nobody said, NULL when erased
	dropped      INTEGER NOT NULL,
	why          TEXT,             -- it was dropped
	contested_by TEXT NOT NULL,    -- who wrote how they read it, '' for nobody
	contest      TEXT,             -- what they wrote, NULL when erased
	place        INTEGER NOT NULL,
	PRIMARY KEY (programme, source, id)
) STRICT, WITHOUT ROWID;

-- What the two coders of a fragment say of it now.
CREATE TABLE evidence_codings (
	programme TEXT NOT NULL,
	source    TEXT NOT NULL,
	fragment  TEXT NOT NULL,
	second    INTEGER NOT NULL, -- 0 for the first coder, 1 for the second
	coder     TEXT NOT NULL,
	promise   TEXT NOT NULL,    -- one of these three, '' for the others
	behaviour TEXT NOT NULL,
	pillar    TEXT NOT NULL,
	direction TEXT NOT NULL,
	stance    TEXT NOT NULL,
	link      TEXT NOT NULL,
	day       TEXT NOT NULL,
	counts    TEXT NOT NULL,    -- as one with this source, '' for its own
	complete  INTEGER NOT NULL,
	PRIMARY KEY (programme, source, fragment, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_codings_by_promise ON evidence_codings (programme, promise) WHERE promise <> '';

-- What both coders said of a fragment when they had not seen each other's.
CREATE TABLE evidence_pairs (
	programme     TEXT NOT NULL,
	source        TEXT NOT NULL,
	fragment      TEXT NOT NULL,
	first_stance  TEXT NOT NULL,
	second_stance TEXT NOT NULL,
	PRIMARY KEY (programme, source, fragment)
) STRICT, WITHOUT ROWID;
