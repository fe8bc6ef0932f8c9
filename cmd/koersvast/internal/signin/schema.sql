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
