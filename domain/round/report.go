package round

import (
	"encoding/json"
	"fmt"
	"slices"

	"koersvast/domain"
	"koersvast/domain/disclosure"
	"koersvast/domain/measure"
)

// A CommentID names one comment of a round. It is drawn by lot, so that the
// order of the ids says nothing.
type CommentID string

// A Comment is what one rater wrote to a question.
type Comment struct {
	ID       CommentID         `json:"id"`
	Question domain.QuestionID `json:"question"`

	// Group is in what capacity it was written, if so many of that group
	// wrote that this gives nobody away.
	Group domain.RaterGroup `json:"group,omitempty"`

	Text string `json:"text"`
	Use  Use    `json:"use"`
}

// split returns the comments that the subject will read, and those that the
// coach alone reads.
func split(comments []Comment) (subject, coach []Comment) {
	for _, c := range comments {
		if c.Use == Literally {
			subject = append(subject, c)
		} else {
			coach = append(coach, c)
		}
	}
	return subject, coach
}

// under returns v as JSON, to be sealed under a key.
func under(key domain.KeyID, v any) (domain.Private, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return domain.Private{}, fmt.Errorf("round: %w", err)
	}
	return domain.Say(key, string(b)), nil
}

// A Report is what a round says of its subject: rounded, and without anything
// that could be traced to one rater. Whatever is not in it is in no page, no
// export and no read model. Means are in points of the scale, from
// [measure.Lowest] to [measure.Highest].
type Report struct {
	Groups []Group `json:"groups"` // in the order in which people read them
	Items  []Item  `json:"items"`  // of the questions that are answered on a scale

	// Score is how much others notice of what was promised, 0–100, and Of of
	// how many groups it is made. A single group is not made into a score.
	// Feedback has none: nobody gets a grade.
	Score *measure.Estimate `json:"score,omitempty"`
	Of    int               `json:"of,omitempty"`
	Word  measure.Verdict   `json:"word,omitempty"`

	Quality *Quality `json:"quality,omitempty"`
}

// hidesNobody reports whether a report has nothing of others but what
// everybody knows whose it is.
func (r Report) hidesNobody() bool {
	return !slices.ContainsFunc(r.Groups, func(g Group) bool { return g.Shown && !known(g.Group) })
}

// known reports whether everybody knows who answers in a group.
func known(g domain.RaterGroup) bool { return g == domain.Self || g == domain.Superior }

// ForOthers is what those see with whom a report was shared, besides its
// subject and its coach: what came out of the groups, and neither what one of
// them answered who can be recognised, nor how carefully people answered.
func (r Report) ForOthers() Report {
	r.Quality = nil
	r.Groups = slices.DeleteFunc(slices.Clone(r.Groups), func(g Group) bool { return g.Group == domain.Superior })
	r.Items = slices.Clone(r.Items)
	for i, item := range r.Items {
		r.Items[i].Cells = slices.DeleteFunc(slices.Clone(item.Cells), func(c Cell) bool { return c.Group == domain.Superior })
	}
	return r
}

// A Group is one group of raters in a report. One that is not shown looks the
// same whether too few answered or nobody.
type Group struct {
	Group   domain.RaterGroup `json:"group"`
	Shown   bool              `json:"shown"`
	Invited int               `json:"invited,omitempty"` // of a group that is shown
	Band    measure.Band      `json:"band,omitempty"`    // how many answered
	Turnout Turnout           `json:"turnout,omitempty"`
}

// size says how many of a group answered. That all did would say of each of
// them that they did, and so it never can be read from this: there is no band
// where the highest is for all of them alone, and no turnout of fewer than
// twice as many as had to answer.
func (g *Group) size(answered, invited, least int) {
	g.Invited = invited
	all, _ := measure.BandOf(invited)
	if allButOne, _ := measure.BandOf(invited - 1); all == allButOne {
		g.Band, _ = measure.BandOf(answered)
	}
	if invited >= 2*least {
		g.Turnout = TurnoutOf(answered, invited)
	}
}

// A Turnout is how many of those who were asked have answered, in words.
type Turnout string

const (
	UnderHalf Turnout = "under_half"
	OverHalf  Turnout = "over_half"
	Nearly    Turnout = "nearly_all" // nine in ten, or all but one
)

// TurnoutOf returns the turnout of a group of which so many were asked.
func TurnoutOf(answered, asked int) Turnout {
	switch {
	case answered*10 >= asked*9 || answered >= asked-1:
		return Nearly
	case answered*2 >= asked:
		return OverHalf
	}
	return UnderHalf
}

// An Item is what came out of one question.
type Item struct {
	Question domain.QuestionID `json:"question"`
	Self     *Mark             `json:"self,omitempty"`
	Cells    []Cell            `json:"cells"`         // of each group, as in Groups
	All      *Cell             `json:"all,omitempty"` // of all others who are shown, together

	Gap    *Gap              `json:"gap,omitempty"`    // between the subject and all others
	SayDo  *measure.Estimate `json:"say_do,omitempty"` // by how much more others hear it than they see it
	Apart  *float64          `json:"apart,omitempty"`  // how far all others, eight or more, are from each other on average
	Change *Change           `json:"change,omitempty"` // since the newest earlier round that asked the same
}

// A Mark is what somebody answered who knows that it is shown.
type Mark struct {
	Sees  int `json:"sees"` // 0: could not observe it
	Hears int `json:"hears,omitempty"`
}

// A Cell is what one group answered to one question.
type Cell struct {
	Group domain.RaterGroup `json:"group,omitempty"`
	Shown bool              `json:"shown"`
	Sees  *measure.Estimate `json:"sees,omitempty"`
	Hears *float64          `json:"hears,omitempty"`

	// End stands in place of Sees when what a small group gave lies at an end
	// of the scale: then a number would say what each of them gave.
	End End `json:"end,omitempty"`

	// Of eight people or more, and together only if each group is as many.
	Unseen *int  `json:"unseen,omitempty"` // how many in a hundred could not observe it, in tens
	Spread []int `json:"spread,omitempty"` // how many in a hundred gave each answer, in fives
}

// An End is one of the two ends of a scale.
type End string

const (
	Seldom End = "seldom"
	Mostly End = "mostly"
)

// A Gap is by how much somebody sees themselves higher than others do.
type Gap struct {
	measure.Estimate
	Window measure.Category `json:"window"`
}

// A Change is by how much something is noticed more than in an earlier round.
// One that is not real is within chance.
type Change struct {
	measure.Estimate
	Real  bool           `json:"real"`
	Since domain.RoundID `json:"since"`
}

// A Quality says how carefully people seem to have answered who rated six
// things or more, in hundredths and in tens. It is for the coach.
type Quality struct {
	Top      int `json:"top"`      // ratings at the upper end
	Straight int `json:"straight"` // people who gave everything the same
}

// Exact is what nobody reads and the next round is compared with: what was
// shown, as it was, and who took part.
type Exact struct {
	Took    map[domain.RaterGroup][]domain.PersonID                   `json:"took"`
	Plan    disclosure.Plan                                           `json:"plan"`
	Tallies map[domain.QuestionID]map[domain.RaterGroup]measure.Tally `json:"tallies"`
}
