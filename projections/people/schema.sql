CREATE TABLE people_programmes (
	programme TEXT PRIMARY KEY,
	name      TEXT NOT NULL,
	started   TEXT NOT NULL -- the day
) STRICT, WITHOUT ROWID;

CREATE TABLE people_teams (
	programme TEXT NOT NULL,
	id        TEXT NOT NULL,
	name      TEXT NOT NULL,
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
	programme TEXT NOT NULL,
	id        TEXT NOT NULL,
	name      TEXT,          -- these three are NULL when erased
	email     TEXT,
	function  TEXT,
	team      TEXT NOT NULL, -- '' for none
	manager   TEXT NOT NULL, -- who manages them in the line, '' for nobody here
	roles     TEXT NOT NULL, -- a JSON list
	joined    TEXT NOT NULL, -- the day
	gone      TEXT NOT NULL, -- the day, '' for still here
	PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
