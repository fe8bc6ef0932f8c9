CREATE TABLE rounds (
	programme  TEXT NOT NULL,
	id         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	subject    TEXT NOT NULL,
	coach      TEXT NOT NULL,
	promise    TEXT NOT NULL,    -- that is checked, '' for feedback
	planned_by TEXT NOT NULL,
	planned    TEXT NOT NULL,    -- the day
	status     TEXT NOT NULL,
	since      TEXT NOT NULL,    -- the day of that status
	opens      TEXT NOT NULL,
	closes     TEXT NOT NULL,
	extended   INTEGER NOT NULL,
	reminders  INTEGER NOT NULL, -- how often people were reminded
	reminded   TEXT NOT NULL,    -- on which day for the last time, '' for never
	questions  TEXT,             -- a JSON list, NULL when erased
	thresholds TEXT NOT NULL,    -- JSON
	key        TEXT NOT NULL,    -- opens the boxes, sealed to the coach; '' until it is open
	closed     TEXT NOT NULL,    -- the day on which it was closed
	report     TEXT,             -- JSON, rounded and safe; '' for none, NULL when erased
	comments   TEXT,             -- a JSON list: what may be read word for word
	for_coach  TEXT,             -- a JSON list: what the coach alone reads
	receipts   TEXT NOT NULL,    -- a JSON list
	read       INTEGER NOT NULL, -- 1 once the coach has read it
	debriefed  TEXT NOT NULL,    -- the day on which it was talked about, or the talk was waived
	waived     INTEGER NOT NULL,
	shared     TEXT NOT NULL,    -- with whom: '', mt or everyone
	letter     TEXT,             -- to those who were asked; '' for none, NULL when erased
	place      INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT;

CREATE INDEX rounds_by_subject ON rounds (programme, subject, place);
CREATE INDEX rounds_by_promise ON rounds (programme, promise, place) WHERE promise <> '';

-- Who is asked. As long as it is not settled, whom the subject would ask.
CREATE TABLE rounds_raters (
	programme TEXT NOT NULL,
	round     TEXT NOT NULL,
	person    TEXT NOT NULL,
	rater     TEXT NOT NULL,    -- the group
	declined  INTEGER NOT NULL,
	PRIMARY KEY (programme, round, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX rounds_raters_by_person ON rounds_raters (programme, person);

CREATE TABLE rounds_boxes (
	box       TEXT NOT NULL,
	programme TEXT NOT NULL,
	round     TEXT NOT NULL,
	rater     TEXT NOT NULL,
	manifest  TEXT NOT NULL,
	PRIMARY KEY (box, programme, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX rounds_boxes_by_round ON rounds_boxes (programme, round);

-- Comments that are kept from the report, and what the coach says instead.
CREATE TABLE rounds_masked (
	programme TEXT NOT NULL,
	round     TEXT NOT NULL,
	comment   TEXT NOT NULL,
	PRIMARY KEY (programme, round, comment)
) STRICT, WITHOUT ROWID;

CREATE TABLE rounds_paraphrases (
	programme TEXT NOT NULL,
	round     TEXT NOT NULL,
	question  TEXT NOT NULL,
	text      TEXT,          -- NULL when erased
	PRIMARY KEY (programme, round, question)
) STRICT, WITHOUT ROWID;

-- The keys with which coaches open what people answered.
CREATE TABLE rounds_keys (
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	public    TEXT NOT NULL,
	wrapped   TEXT,             -- NULL when erased
	position  INTEGER NOT NULL,
	PRIMARY KEY (programme, person, position)
) STRICT, WITHOUT ROWID;
