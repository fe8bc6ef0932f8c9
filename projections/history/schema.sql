-- Every fact of every programme, as people read it.
CREATE TABLE history (
	programme TEXT NOT NULL,
	position  INTEGER NOT NULL,
	n         INTEGER NOT NULL,
	fact      TEXT NOT NULL, -- the event's name
	concept   TEXT NOT NULL, -- programme, strategy, promise or expectation
	thing     TEXT NOT NULL, -- the id of what it is about, within its concept
	at        INTEGER NOT NULL, -- when it was recorded
	day       TEXT NOT NULL, -- when it happened
	by        TEXT NOT NULL, -- who did it
	owner     TEXT NOT NULL, -- whose thing it is about
	recorder  TEXT NOT NULL, -- who wrote that thing down for its owner, '' for nobody
	text      TEXT,          -- what was said: '' for nothing, NULL when erased
	why       TEXT,
	quote     TEXT,          -- what the thing was called until then, likewise
	day_was   TEXT NOT NULL, -- of what moved
	day_is    TEXT NOT NULL,
	PRIMARY KEY (programme, position, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX history_by_thing ON history (programme, concept, thing, position DESC, n DESC);
CREATE INDEX history_by_owner ON history (programme, owner, position DESC, n DESC);

-- What each thing is called now, whose it is, and who wrote it down.
CREATE TABLE history_things (
	programme TEXT NOT NULL,
	concept   TEXT NOT NULL,
	thing     TEXT NOT NULL,
	owner     TEXT NOT NULL,
	recorder  TEXT NOT NULL,
	quote     TEXT, -- NULL when erased
	PRIMARY KEY (programme, concept, thing)
) STRICT, WITHOUT ROWID;

-- To whom each promise was made, to tell who may read about it.
CREATE TABLE history_audience (
	programme TEXT NOT NULL,
	promise   TEXT NOT NULL,
	party     TEXT NOT NULL,
	PRIMARY KEY (programme, promise, party)
) STRICT, WITHOUT ROWID;
