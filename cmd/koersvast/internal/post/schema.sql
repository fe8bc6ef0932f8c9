-- What is to be told to whom. It says neither who has answered nor when
-- somebody was written to: that a reminder was sent looks the same as that it
-- was not needed.
CREATE TABLE IF NOT EXISTS message (
	id        TEXT PRIMARY KEY, -- random; it names the mail too
	programme TEXT NOT NULL,
	round     TEXT NOT NULL,
	person    TEXT NOT NULL,
	nth       INTEGER NOT NULL, -- 0 is the invitation, 1 the first reminder
	state     TEXT NOT NULL,    -- waiting, sent or failed
	attempts  INTEGER NOT NULL, -- that failed, while it waits
	UNIQUE (programme, round, person, nth)
) STRICT, WITHOUT ROWID;
