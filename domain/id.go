package domain

// The identifiers of the programme's concepts. They live together, above the
// concepts' own packages, so that one concept can refer to another by id
// without importing its rules. They are made where the act begins (a form, a
// program, an import), as ULIDs, so that the same command sent twice is the
// same command.
type (
	ActID             string
	ProgrammeID       string
	PersonID          string
	TeamID            string
	CoreValueID       string
	PillarID          string
	AmbitionID        string
	ObjectiveID       string
	BehaviourID       string
	PromiseID         string
	ExpectationID     string
	RoundID           string
	QuestionID        string // of a round
	CoachingID        string
	GoalID            string // a learning goal
	RuleID            string // a consistency rule, such as CR-01
	FindingID         string // of a rule, about one thing
	CheckID           string // a consistency check
	DecisionID        string // on a consistency check
	NoteID            string
	CoachingSessionID string
	SourceID          string // of evidence
	FragmentID        string // of a source
)

// Bytes are for machines only, such as a key or a digest, in base 64.
type Bytes string

// ValidID reports whether s can be an identifier: 1 to 40 letters, digits,
// hyphens and underscores, so that it fits a subject of the log, an address
// of a page and an attribute of HTML without any escaping.
func ValidID(s string) bool {
	if len(s) == 0 || len(s) > 40 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
