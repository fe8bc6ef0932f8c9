CREATE TABLE pictures_checks (
	programme TEXT NOT NULL,
	id        TEXT NOT NULL,
	status    TEXT NOT NULL,
	since     TEXT NOT NULL,    -- the day of that status
	opened    TEXT NOT NULL,    -- the day
	opened_by TEXT NOT NULL,
	purpose   TEXT NOT NULL,
	pillars   TEXT NOT NULL,    -- a JSON list
	from_day  TEXT NOT NULL,
	until_day TEXT NOT NULL,
	reference TEXT NOT NULL,    -- to the works council and the DPIA
	why       TEXT NOT NULL,    -- it was cancelled
	released  TEXT NOT NULL,    -- the day on which everybody could see the picture, '' for not yet
	place     INTEGER NOT NULL, -- where it first stood in the log
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

-- Who has seen their own part of a picture that is being made.
CREATE TABLE pictures_heard (
	programme TEXT NOT NULL,
	check_id  TEXT NOT NULL,
	person    TEXT NOT NULL,
	day       TEXT NOT NULL,
	noted_by  TEXT NOT NULL,
	declined  INTEGER NOT NULL, -- 1 when they said that there is no need
	PRIMARY KEY (programme, check_id, person)
) STRICT, WITHOUT ROWID;

-- What was published. It never changes.
CREATE TABLE pictures (
	programme TEXT NOT NULL,
	check_id  TEXT NOT NULL,
	published TEXT NOT NULL,    -- the day
	by        TEXT NOT NULL,
	place     INTEGER NOT NULL, -- where it stands in the log
	picture   TEXT NOT NULL,    -- JSON
	PRIMARY KEY (programme, check_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures_parts (
	programme TEXT NOT NULL,
	check_id  TEXT NOT NULL,
	person    TEXT NOT NULL,
	part      TEXT,             -- JSON, NULL when erased
	PRIMARY KEY (programme, check_id, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures_decisions (
	programme TEXT NOT NULL,
	check_id  TEXT NOT NULL,
	id        TEXT NOT NULL,
	place     INTEGER NOT NULL,
	day       TEXT NOT NULL,
	by        TEXT NOT NULL,
	finding   TEXT NOT NULL,
	choice    TEXT NOT NULL,
	promise   TEXT NOT NULL,    -- '' for none yet
	why       TEXT,             -- NULL when erased
	PRIMARY KEY (programme, check_id, id)
) STRICT, WITHOUT ROWID;
