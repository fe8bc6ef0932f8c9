package post

import (
	"net/url"
	"slices"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
	"koersvast/projections/people"
)

// Links are the addresses in a letter.
type Links struct {
	Answer  string
	Own     bool // whoever follows it needs no code
	Privacy string
}

// LinksTo are the addresses of a round, for those who sign in with a code.
func LinksTo(home *url.URL, id domain.RoundID) Links {
	page := home.JoinPath("rounds", string(id))
	return Links{Answer: page.JoinPath("answer").String(), Privacy: page.JoinPath("privacy").String()}
}

// LinkOf is the address that lets somebody in to answer.
func LinkOf(home *url.URL, token string) string { return home.JoinPath("in", token).String() }

// LinkEnds is when such an address is forgotten, of a round that closes then.
// It lets nobody in once the round is over, but that can be extended.
func LinkEnds(closes domain.Day) time.Time { return closes.Add(round.Extension).End() }

// LetsIn reports whether an address can let somebody in. Whoever has more to
// do than to answer signs in with their code: their mailbox is not enough.
func LetsIn(p people.Person) bool {
	return !slices.ContainsFunc(p.Roles, func(r domain.Role) bool {
		return r == domain.Lead || r == domain.Coach || r == domain.Admin
	})
}
