package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"koersvast/domain"
	"koersvast/domain/access"
)

const (
	here      = domain.ProgrammeID("dichtbij")
	elsewhere = domain.ProgrammeID("anders")
	me        = domain.PersonID("anja")
	colleague = domain.PersonID("bram")
)

// everybody is everyone there can be in the programme with at most two roles,
// in a team or in none.
func everybody(in domain.ProgrammeID) (actors []access.Actor) {
	for _, team := range []domain.TeamID{"", "noord"} {
		actors = append(actors, access.Actor{Programme: in, Person: me, Team: team})
		for i, one := range domain.Roles {
			actors = append(actors, access.Actor{Programme: in, Person: me, Team: team, Roles: []domain.Role{one}})
			for _, two := range domain.Roles[i+1:] {
				actors = append(actors, access.Actor{Programme: in, Person: me, Team: team, Roles: []domain.Role{one, two}})
			}
		}
	}
	return actors
}

// everything is all that a rule can look at.
func everything(in domain.ProgrammeID) (resources []access.Resource) {
	for _, owner := range []domain.PersonID{me, colleague} {
		for _, recorder := range []domain.PersonID{"", me} {
			for _, to := range []domain.Party{
				"", domain.Everyone, domain.TheMT, domain.InformalLeaders, domain.Employees,
				domain.Team("noord"), domain.Team("zuid"), domain.Person(me), domain.Person(colleague),
			} {
				for _, round := range []struct{ coach, rater domain.PersonID }{{"", colleague}, {me, colleague}, {"", me}} {
					r := access.Resource{Programme: in, Owner: owner, Recorder: recorder, Coach: round.coach, Raters: []domain.PersonID{round.rater}}
					if to != "" {
						r.For = []domain.Party{to, domain.Person("els")}
					}
					resources = append(resources, r)
				}
			}
			for _, role := range domain.Roles {
				resources = append(resources, access.Resource{Programme: in, Owner: owner, Recorder: recorder, Roles: []domain.Role{role}})
			}
		}
	}
	return resources
}

// always fails t when something is allowed, or is not, against what must be so
// of every action, actor and resource.
func always(t *testing.T, must func(access.Actor, access.Action, access.Resource, bool) bool) {
	t.Helper()
	for _, do := range access.Actions() {
		for _, a := range everybody(here) {
			for _, r := range everything(here) {
				if can := access.Can(a, do, r); !must(a, do, r, can) {
					t.Errorf("%s by %q in team %q of %+v: %v", do, a.Roles, a.Team, r, can)
					return
				}
			}
		}
	}
}

// what is true of all the rules, said without them.
var invariants = map[string]func(*testing.T){
	"nothing crosses the wall between two programmes": func(t *testing.T) {
		for _, do := range access.Actions() {
			for _, wall := range [][2]domain.ProgrammeID{{here, elsewhere}, {here, ""}, {"", here}, {"", ""}} {
				for _, a := range append(everybody(wall[0]), access.Actor{Programme: wall[0], Person: me, Team: "noord", Roles: domain.Roles}) {
					for _, r := range everything(wall[1]) {
						if access.Can(a, do, r) {
							t.Errorf("%s by %q of programme %q of %+v", do, a.Roles, wall[0], r)
							return
						}
					}
				}
			}
		}
	},
	"who is not signed in can do nothing": func(t *testing.T) {
		for _, do := range access.Actions() {
			for _, a := range append(everybody(here), access.Actor{Programme: here, Team: "noord", Roles: domain.Roles}) {
				a.Person = ""
				for _, r := range append(everything(here), access.Resource{Programme: here}) {
					if access.Can(a, do, r) {
						t.Errorf("%s by nobody, with roles %q, of %+v", do, a.Roles, r)
						return
					}
				}
			}
		}
	},
	"what has no rule is denied": func(t *testing.T) {
		for _, do := range []access.Action{"", "promise", "promise.delete", "promise.read ", "PROMISE.READ"} {
			for _, r := range everything(here) {
				if access.Can(access.Actor{Programme: here, Person: me, Team: "noord", Roles: domain.Roles}, do, r) {
					t.Errorf("%q of %+v", do, r)
				}
			}
		}
	},
	"who only administers reads no strategy, and no promise or expectation of others": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			content := about(do, "strategy", "promise", "expectation", "wall", "history", "coaching", "coachings", "goal")
			own := r.Owner == me || r.Recorder == me
			return !slices.Equal(a.Roles, []domain.Role{domain.Admin}) || !content || own || !can
		})
	},
	"only the owner owns, or who wrote it down": func(t *testing.T) {
		always(t, func(_ access.Actor, do access.Action, r access.Resource, can bool) bool {
			switch do {
			case access.PromiseOwn:
				return can == (r.Owner == me || r.Recorder == me)
			case access.ExpectationOwn:
				return can == (r.Owner == me)
			}
			return true
		})
	},
	"the reader of dashboards reads nothing personal": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			own := r.Owner == me || r.Recorder == me
			open := do == access.StrategyRead || do == access.ReleasedRead || do == access.SessionOwn || do == access.PicturesRead ||
				do == access.PictureRead && slices.Contains(r.For, domain.Everyone)
			return !slices.Equal(a.Roles, []domain.Role{domain.Reader}) || own || can == open
		})
	},
	"a program reads what was released, and whose role it has makes no difference": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			a.Scopes = []access.Scope{access.AggregateRead}
			may := access.Can(a, do, r)
			released := do == access.StrategyRead || do == access.ReleasedRead || do == access.PicturesRead || do == access.PictureRead
			return may == (can && released)
		})
		none := access.Actor{Programme: here, Person: me, Roles: domain.Roles, Scopes: []access.Scope{}}
		for _, do := range access.Actions() {
			if access.Can(none, do, access.Resource{Programme: here}) {
				t.Errorf("%s by a program that was let in for nothing", do)
			}
		}
	},
	"the works council looks, answers for itself, and takes no further part": func(t *testing.T) {
		looks := []access.Action{
			access.TodayRead, access.StrategyRead, access.WallRead, access.PromiseRead, access.PeopleRead, access.HistoryRead, access.SessionOwn,
			access.CouncilRead, access.CouncilAnswer, access.RoundsRead, access.RoundResult,
			access.CoachingsRead, access.CoachingsCount, access.GoalRead,
			access.FindingsRead, access.FindingRead, access.MethodRead,
			access.ChecksRead, access.PicturesRead, access.PictureRead, access.ReleasedRead,
		}
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			own := r.Owner == me || r.Recorder == me
			asked := (do == access.RoundRead || do == access.RoundAnswer) && slices.Contains(r.Raters, me)
			sponsors := (do == access.CoachingTerms || do == access.CoachingAgree) && slices.Contains(r.For, domain.Person(me))
			return !slices.Equal(a.Roles, []domain.Role{domain.WorksCouncil}) || own || asked || sponsors || !can || slices.Contains(looks, do)
		})
	},
	"a picture is for everybody once it is released, and for the team before": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			team := a.Is(domain.MT, domain.Coach, domain.Facilitator, domain.Lead)
			return do != access.PictureRead || !can || team || slices.Contains(r.For, domain.Everyone)
		})
	},
	"an expectation is answered by those of whom it is": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			return do != access.ExpectationAnswer || !can || a.Among(r.For...)
		})
	},
	"who handles a finding may read it": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			return do != access.FindingHandle || !can || access.Can(a, access.FindingRead, r)
		})
	},
	"who has no role has only what is theirs": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			return len(a.Roles) > 0 || !can || do == access.SessionOwn || r.Owner == me || r.Recorder == me
		})
	},
	"one more role never takes anything away": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			for _, role := range domain.Roles {
				more := a
				more.Roles = append(slices.Clone(a.Roles), role)
				if can && !access.Can(more, do, r) {
					return false
				}
			}
			return true
		})
	},
	"every promise is read by those of whom read models are told so": func(t *testing.T) {
		others := access.Resource{Programme: here, Owner: colleague, For: []domain.Party{domain.Person("els")}}
		for _, a := range everybody(here) {
			if got, want := access.SeesEveryPromise(a), access.Can(a, access.PromiseRead, others); got != want {
				t.Errorf("%q sees every promise: %v; reads one of others to another: %v", a.Roles, got, want)
			}
		}
	},
	"who asks the works council leads, and only a member or the lead answers": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, _ access.Resource, can bool) bool {
			return (do != access.CouncilAsk || can == a.Is(domain.Lead)) &&
				(do != access.CouncilAnswer || can == a.Is(domain.Lead, domain.WorksCouncil))
		})
	},
	"a result is seen by its coach and by those it is for, and by nobody else": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			coached := r.Coach == me && a.Is(domain.Coach)
			return do != access.RoundResult || !can || coached || a.Among(r.For...)
		})
	},
	"who leads or administers reads no answers": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			runs := slices.Equal(a.Roles, []domain.Role{domain.Lead}) || slices.Equal(a.Roles, []domain.Role{domain.Admin})
			return do != access.RoundCoach && do != access.KeyHold || !runs || !can
		})
	},
	"who answers was asked": func(t *testing.T) {
		always(t, func(_ access.Actor, do access.Action, r access.Resource, can bool) bool {
			return do != access.RoundAnswer || !can || slices.Contains(r.Raters, me)
		})
	},
	"every round is seen by those of whom read models are told so": func(t *testing.T) {
		others := access.Resource{Programme: here, Owner: colleague, Coach: colleague}
		for _, a := range everybody(here) {
			if got, want := access.SeesEveryRound(a), access.Can(a, access.RoundRead, others); got != want {
				t.Errorf("%q sees every round: %v; sees one of others: %v", a.Roles, got, want)
			}
		}
	},
	"what is said in a coaching stays between two": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			content := do == access.CoachingRead || do == access.CoachingWork || do == access.CoachingPrepare
			return !content || !can || r.Owner == me || r.Coach == me && a.Is(domain.Coach)
		})
	},
	"a contract is of three, and of who wrote it down for them": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			three := r.Owner == me || r.Coach == me && a.Is(domain.Coach) || slices.Contains(r.For, domain.Person(me))
			return do != access.CoachingTerms && do != access.CoachingAgree || !can || three || r.Recorder == me
		})
	},
	"learning goals are the coachee's own, and read by whom they choose": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			return (do != access.CoachingOwn || !can || r.Owner == me) &&
				(do != access.GoalRead || !can || r.Owner == me || a.Among(r.For...))
		})
	},
	"who leads the programme knows of a coaching when, and not what": func(t *testing.T) {
		always(t, func(a access.Actor, do access.Action, r access.Resource, can bool) bool {
			outside := r.Owner != me && r.Recorder != me && !slices.Contains(r.For, domain.Person(me)) && !a.Among(r.For...)
			return !slices.Equal(a.Roles, []domain.Role{domain.Lead}) || !outside || !about(do, "coaching", "goal") || can == (do == access.CoachingPropose)
		})
	},
	"everybody has their own session": func(t *testing.T) {
		always(t, func(_ access.Actor, do access.Action, _ access.Resource, can bool) bool {
			return do != access.SessionOwn || can
		})
	},
}

// about reports whether an action is on one of the subjects.
func about(do access.Action, subjects ...string) bool {
	subject, _, _ := strings.Cut(string(do), ".")
	return slices.Contains(subjects, subject)
}

func TestWhateverTheRulesSay(t *testing.T) {
	for name, holds := range invariants {
		t.Run(name, holds)
	}
}

func TestEveryActionHasARule(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "access.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var named []access.Action
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Action" {
				for _, value := range v.Values {
					name, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					named = append(named, access.Action(name))
				}
			}
		}
		return true
	})
	slices.Sort(named)
	if got := access.Actions(); !slices.Equal(got, named) {
		t.Errorf("rules are for\n%q\nwant one for each action:\n%q", got, named)
	}
}

func TestPeopleBelongToParties(t *testing.T) {
	for _, c := range []struct {
		name string
		who  access.Actor
		want []domain.Party
	}{
		{
			"an employee in a team",
			access.Actor{Person: me, Roles: []domain.Role{domain.Employee}, Team: "noord"},
			[]domain.Party{domain.Everyone, domain.Person(me), domain.Team("noord"), domain.Employees},
		},
		{
			"an informal leader without one",
			access.Actor{Person: me, Roles: []domain.Role{domain.Employee, domain.InformalLeader}},
			[]domain.Party{domain.Everyone, domain.Person(me), domain.InformalLeaders, domain.Employees},
		},
		{
			"somebody of the management team",
			access.Actor{Person: me, Roles: []domain.Role{domain.MT, domain.Lead}},
			[]domain.Party{domain.Everyone, domain.Person(me), domain.TheMT},
		},
		{"nobody", access.Actor{Roles: domain.Roles, Team: "noord"}, nil},
	} {
		if got := c.who.Parties(); !slices.Equal(got, c.want) {
			t.Errorf("%s belongs to %q, want %q", c.name, got, c.want)
		}
	}
	employee := access.Actor{Person: me, Roles: []domain.Role{domain.Employee}}
	if employee.Among() || employee.Among(domain.TheMT, domain.Person(colleague)) || !employee.Among(domain.TheMT, domain.Employees) {
		t.Error("an employee is among employees, and not among others")
	}
}
