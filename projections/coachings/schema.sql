CREATE TABLE coachings (
	programme    TEXT NOT NULL,
	id           TEXT NOT NULL,
	coach        TEXT NOT NULL,
	coachee      TEXT NOT NULL,
	sponsor      TEXT NOT NULL,
	proposed_by  TEXT NOT NULL,
	reason       TEXT NOT NULL,
	version      INTEGER NOT NULL, -- of the contract as it stands
	status       TEXT NOT NULL,
	since        TEXT NOT NULL,    -- the day on which all three had agreed for the first time, '' for not yet
	declined_by  TEXT NOT NULL,    -- '' for nobody
	declined_why TEXT,             -- '' for none, NULL when erased
	closed       TEXT NOT NULL,    -- the day, '' for not
	closed_by    TEXT NOT NULL,
	place        INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE coachings_versions (
	programme  TEXT NOT NULL,
	coaching   TEXT NOT NULL,
	version    INTEGER NOT NULL,
	by         TEXT NOT NULL,
	said       TEXT NOT NULL, -- the day
	aims       TEXT,          -- these are NULL when erased
	set_up     TEXT,
	why        TEXT,          -- it was revised; '' for the first
	from_day   TEXT NOT NULL,
	until_day  TEXT NOT NULL,
	PRIMARY KEY (programme, coaching, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE coachings_agreed (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	version   INTEGER NOT NULL,
	person    TEXT NOT NULL,
	day       TEXT NOT NULL,
	PRIMARY KEY (programme, coaching, version, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE coachings_sessions (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	id        TEXT NOT NULL,
	round     TEXT NOT NULL,    -- whose report is debriefed, '' for none
	day       TEXT NOT NULL,
	start     TEXT NOT NULL,
	minutes   INTEGER NOT NULL,
	place     TEXT,             -- '' for none, NULL when erased
	status    TEXT NOT NULL,
	held      TEXT NOT NULL,    -- the day on which it took place, '' for not
	why       TEXT,             -- it was moved or cancelled; '' for none, NULL when erased
	revision  INTEGER NOT NULL, -- rises when it is moved or cancelled
	changed   INTEGER NOT NULL,
	PRIMARY KEY (programme, coaching, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE coachings_notes (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	id        TEXT NOT NULL,
	by        TEXT NOT NULL,
	session   TEXT NOT NULL,    -- that it is about, '' for none
	own       INTEGER NOT NULL, -- 1 when only who wrote it reads it
	place     INTEGER NOT NULL,
	PRIMARY KEY (programme, coaching, id)
) STRICT, WITHOUT ROWID;

-- Every wording of a note.
CREATE TABLE coachings_words (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	note      TEXT NOT NULL,
	said      TEXT NOT NULL, -- the day
	text      TEXT,          -- NULL when erased
	place     INTEGER NOT NULL,
	PRIMARY KEY (programme, coaching, note, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE coachings_goals (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	id        TEXT NOT NULL,
	coachee   TEXT NOT NULL,
	text      TEXT,          -- NULL when erased
	behaviour TEXT NOT NULL, -- these four are '' for none
	promise   TEXT NOT NULL,
	round     TEXT NOT NULL,
	question  TEXT NOT NULL,
	due       TEXT NOT NULL, -- '' for no day
	status    TEXT NOT NULL,
	set_on    TEXT NOT NULL, -- the day
	shared    TEXT NOT NULL, -- a JSON list of parties
	place     INTEGER NOT NULL,
	PRIMARY KEY (programme, coaching, id)
) STRICT, WITHOUT ROWID;

-- What happened to a learning goal after it was set.
CREATE TABLE coachings_steps (
	programme TEXT NOT NULL,
	coaching  TEXT NOT NULL,
	goal      TEXT NOT NULL,
	kind      TEXT NOT NULL,
	day       TEXT NOT NULL,
	text      TEXT,          -- how it goes, or what the goal was before; '' for none, NULL when erased
	why       TEXT,          -- '' for none, NULL when erased
	place     INTEGER NOT NULL,
	PRIMARY KEY (programme, coaching, goal, place)
) STRICT, WITHOUT ROWID;

-- Who is in the MT, so that it can be said how many of them had a session.
CREATE TABLE coachings_mt (
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	PRIMARY KEY (programme, person)
) STRICT, WITHOUT ROWID;
