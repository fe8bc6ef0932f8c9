-- How a programme came to measure as it does: every change, in order.
CREATE TABLE methods_changes (
	programme TEXT NOT NULL,
	position  INTEGER NOT NULL, -- in the log
	n         INTEGER NOT NULL, -- of the fact in its act
	day       TEXT NOT NULL,
	by        TEXT NOT NULL,
	number    TEXT NOT NULL,    -- '' when it is about a rule
	rule      TEXT NOT NULL,    -- '' when it is about a number
	param     TEXT NOT NULL,    -- of the rule, '' when it is about the rule itself
	value     INTEGER NOT NULL, -- in hundredths; of a rule itself 1 when it is on
	why       TEXT NOT NULL,
	PRIMARY KEY (programme, position, n)
) STRICT, WITHOUT ROWID;
