-- Every fact of every programme, as people read it.
CREATE TABLE history (
	programme TEXT NOT NULL,
	position  INTEGER NOT NULL,
	n         INTEGER NOT NULL,
	fact      TEXT NOT NULL, -- the event's name
	concept   TEXT NOT NULL, -- programme, strategy, promise, expectation or council
	kind      TEXT NOT NULL, -- of thing within the concept: pillar, person and so on
	thing     TEXT NOT NULL, -- the id of what it is about, within its kind
	at        INTEGER NOT NULL, -- when it was recorded
	day       TEXT NOT NULL, -- when it happened
	by        TEXT NOT NULL, -- who did it
	owner     TEXT NOT NULL, -- whose thing it is about
	recorder  TEXT NOT NULL, -- who wrote that thing down for its owner, '' for nobody
	audience  TEXT NOT NULL, -- to whom that thing was promised, a JSON list; '' for what is no promise
	text      TEXT,          -- what was said: '' for nothing, NULL when erased
	why       TEXT,
	quote     TEXT,          -- what the thing was called until then, likewise
	day_was   TEXT NOT NULL, -- of what moved
	day_is    TEXT NOT NULL
) STRICT;

-- History is read from its newest end until a page is full. What decides on a
-- line stands in the index, so that what is passed over costs little.
CREATE INDEX history_by_place ON history (programme, position DESC, n DESC, concept, day, owner, recorder, audience);
CREATE INDEX history_by_concept ON history (programme, concept, position DESC, n DESC, day, owner, recorder, audience);
CREATE INDEX history_by_doer ON history (programme, by);
CREATE INDEX history_by_owner ON history (programme, owner);
CREATE INDEX history_by_time ON history (programme, at, position);

-- What each thing is called now, whose it is, who wrote it down and, of a
-- promise, to whom it was made.
CREATE TABLE history_things (
	programme TEXT NOT NULL,
	concept   TEXT NOT NULL,
	kind      TEXT NOT NULL,
	thing     TEXT NOT NULL,
	owner     TEXT NOT NULL,
	recorder  TEXT NOT NULL,
	audience  TEXT NOT NULL,
	quote     TEXT, -- NULL when erased
	PRIMARY KEY (programme, concept, kind, thing)
) STRICT, WITHOUT ROWID;

-- The parties in each list of parties to whom something was promised. There
-- are few such lists, however many promises.
CREATE TABLE history_audience (
	programme TEXT NOT NULL,
	party     TEXT NOT NULL,
	audience  TEXT NOT NULL, -- the whole list
	PRIMARY KEY (programme, party, audience)
) STRICT, WITHOUT ROWID;
