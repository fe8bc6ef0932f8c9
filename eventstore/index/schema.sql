-- Of which log this is the index, and how far it has read it. There is one row.
CREATE TABLE log (
	identity TEXT    NOT NULL,
	position INTEGER NOT NULL,
	digest   BLOB    NOT NULL -- of the message at that position
) STRICT;

-- The acts of a stream lie together, however far apart they are in the log.
CREATE TABLE acts (
	programme TEXT    NOT NULL,
	kind      TEXT    NOT NULL,
	id        TEXT    NOT NULL,
	position  INTEGER NOT NULL,
	act       TEXT    NOT NULL,
	at        INTEGER NOT NULL, -- when it was recorded, in nanoseconds since 1970
	body      BLOB    NOT NULL, -- as it stands in the log, so private texts are sealed
	PRIMARY KEY (programme, kind, id, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX acts_by_position ON acts (programme, position, at);
CREATE INDEX acts_by_act ON acts (act);

CREATE TABLE facts (
	programme TEXT    NOT NULL,
	type      TEXT    NOT NULL,
	position  INTEGER NOT NULL,
	PRIMARY KEY (programme, type, position)
) STRICT, WITHOUT ROWID;
