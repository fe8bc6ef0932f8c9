CREATE TABLE councils (
	programme TEXT PRIMARY KEY,
	employees INTEGER NOT NULL, -- of the undertaking; 0 when nobody said
	sized     TEXT NOT NULL,    -- the day on which somebody did
	answered  TEXT NOT NULL     -- the last answer: granted, refused or withdrawn; '' for none
) STRICT, WITHOUT ROWID;

-- What was asked, and how it was answered. Of an answer that was not given,
-- the columns are '' and 0.
CREATE TABLE councils_questions (
	programme            TEXT NOT NULL,
	number               INTEGER NOT NULL,
	asked                TEXT NOT NULL, -- the day
	asked_by             TEXT NOT NULL,
	kinds                TEXT NOT NULL, -- of rounds, a JSON list
	threshold_peers      INTEGER NOT NULL,
	threshold_leaders    INTEGER NOT NULL,
	threshold_staff      INTEGER NOT NULL,
	scope                TEXT NOT NULL,
	documents            TEXT NOT NULL,
	status               TEXT NOT NULL,
	answer_on            TEXT NOT NULL, -- the day
	answer_by            TEXT NOT NULL, -- who wrote it down
	answer_member        INTEGER NOT NULL, -- 1 when that was somebody of the works council
	answer_reference     TEXT NOT NULL,
	answer_text          TEXT NOT NULL, -- the conditions, or the reason
	withdrawal_on        TEXT NOT NULL, -- likewise
	withdrawal_by        TEXT NOT NULL,
	withdrawal_member    INTEGER NOT NULL,
	withdrawal_reference TEXT NOT NULL,
	withdrawal_text      TEXT NOT NULL,
	PRIMARY KEY (programme, number)
) STRICT, WITHOUT ROWID;
