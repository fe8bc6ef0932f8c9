package domain

import "slices"

// A RaterGroup is in what capacity somebody answers questions about another,
// or about themselves.
type RaterGroup string

const (
	Self     RaterGroup = "self"
	Peers    RaterGroup = "peers" // in the management team
	Leaders  RaterGroup = "informal_leaders"
	Staff    RaterGroup = "employees"
	Superior RaterGroup = "superior" // or the board
)

// RaterGroups lists every group, in the order in which people read them.
var RaterGroups = []RaterGroup{Self, Peers, Leaders, Staff, Superior}

// A RoundKind is what a round of questions is for.
type RoundKind string

const (
	Check    RoundKind = "check"    // do people notice what was promised?
	Feedback RoundKind = "feedback" // 360 feedback
)

// RoundKinds lists every kind, in the order in which people read them.
var RoundKinds = []RoundKind{Check, Feedback}

// Thresholds say how many people of a group must have answered before
// anything of that group is shown. People know beforehand that Self and
// Superior can be recognised, so these have none.
type Thresholds struct {
	Peers   int `json:"threshold_peers"`
	Leaders int `json:"threshold_informal_leaders"`
	Staff   int `json:"threshold_employees"`
}

// UsualThresholds are those that hold when nobody asks for others.
var UsualThresholds = Thresholds{Peers: 4, Leaders: 4, Staff: 5}

// LowestThreshold is the one below which no group can go.
const LowestThreshold = 3

// ErrThreshold refuses a threshold below which people could be recognised.
var ErrThreshold = Refuse(Invalid, "threshold_too_low", "below three people answers could be traced to a person")

// WithThreshold lists the groups that have a threshold.
var WithThreshold = []RaterGroup{Peers, Leaders, Staff}

// Of returns the threshold of a group, 1 when it has none.
func (t Thresholds) Of(g RaterGroup) int {
	switch g {
	case Peers:
		return t.Peers
	case Leaders:
		return t.Leaders
	case Staff:
		return t.Staff
	}
	return 1
}

// NeedsAll reports whether so few people of a group are asked that it is shown
// only if all of them answer. That it is shown then says of each that they did.
// A small team has no more people, and a lower threshold would protect what
// they answer less: so it is allowed, and told to who asks and who is asked.
func (t Thresholds) NeedsAll(g RaterGroup, asked int) bool {
	return slices.Contains(WithThreshold, g) && 0 < asked && asked <= t.Of(g)
}

// Covers reports whether t is nowhere lower than least.
func (t Thresholds) Covers(least Thresholds) bool {
	return t.Peers >= least.Peers && t.Leaders >= least.Leaders && t.Staff >= least.Staff
}

// Refused refuses thresholds that are too low, each on its own field.
func (t Thresholds) Refused() (refused []*Error) {
	for _, g := range WithThreshold {
		if t.Of(g) < LowestThreshold {
			refused = append(refused, ErrThreshold.On("threshold_"+string(g)))
		}
	}
	return refused
}

// UsualRhythm is after how many days a promise is checked, unless somebody
// says otherwise.
const UsualRhythm = 60
