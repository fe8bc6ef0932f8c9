-- One code a person: issuing another replaces it.
CREATE TABLE IF NOT EXISTS code (
	locator   TEXT PRIMARY KEY,
	hash      BLOB NOT NULL,
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	expires   INTEGER NOT NULL,
	UNIQUE (programme, person)
) STRICT;

-- A link is used by the first who claims it, who may claim it again.
CREATE TABLE IF NOT EXISTS link (
	hash      BLOB PRIMARY KEY,
	purpose   TEXT NOT NULL,
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	claimed   TEXT NOT NULL DEFAULT '',
	expires   INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS session (
	hash      BLOB PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	language  TEXT NOT NULL,
	made      INTEGER NOT NULL,
	seen      INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS session_of ON session (programme, person);

-- The secret of somebody's calendar, which reads it and lets nobody in.
CREATE TABLE IF NOT EXISTS feed (
	hash      BLOB PRIMARY KEY,
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	UNIQUE (programme, person)
) STRICT;

-- A link in a message, for the first browser that accepts it.
CREATE TABLE IF NOT EXISTS invitation (
	hash      BLOB PRIMARY KEY,
	programme TEXT NOT NULL,
	person    TEXT NOT NULL,
	round     TEXT NOT NULL,
	browser   TEXT NOT NULL, -- hashed; '' until it was accepted
	expires   INTEGER NOT NULL
) STRICT;

-- A token by which a program reads in a programme, until it expires.
CREATE TABLE IF NOT EXISTS token (
	hash      BLOB PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	programme TEXT NOT NULL,
	name      TEXT NOT NULL,
	scopes    TEXT NOT NULL, -- with spaces between them
	by        TEXT NOT NULL, -- who issued it
	issued    TEXT NOT NULL, -- a day
	expires   TEXT NOT NULL, -- the last day on which it is valid
	used      TEXT NOT NULL, -- the last day on which it was used; '' when it never was
	UNIQUE (programme, name)
) STRICT;
