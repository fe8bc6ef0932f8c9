package eventstore

import (
	"bytes"

	"koersvast/domain"
)

// quickly reads a body of one act in the exact form in which encode writes
// it, without copying the facts. It reports false for every other form, right
// or wrong: that is for encoding/json to say. Replaying a log is mostly
// reading bodies, and this takes a tenth of the time.
func quickly(b []byte) (bodyAct, bool) {
	var (
		a bodyAct
		s = scanner{rest: b}
	)
	s.skip(`{"v":1,"acts":[{"id":`)
	a.ID = domain.ActID(s.text())
	s.skip(`,"by":`)
	a.By = domain.PersonID(s.text())
	s.skip(`,"at":`)
	s.failed = a.At.UnmarshalText(s.word()) != nil || s.failed
	if s.has(`,"cause":`) {
		a.Cause = domain.ActID(s.text())
	}
	if s.has(`,"correlation":`) {
		a.Correlation = domain.ActID(s.text())
	}
	if s.has(`,"trace":`) {
		a.Trace = s.text()
	}
	s.skip(`,"facts":[`)
	for !s.failed && !s.has(`]`) {
		if len(a.Facts) > 0 {
			s.skip(`,`)
		}
		var f Fact
		s.skip(`{"id":`)
		f.ID = s.text()
		s.skip(`,"type":`)
		f.Type = s.text()
		s.skip(`,"data":`)
		f.Data = s.object()
		s.skip(`}`)
		a.Facts = append(a.Facts, f)
	}
	s.skip(`}]}`)
	return a, !s.failed && len(s.rest) == 0
}

// A scanner reads what it is told to expect. Once failed, it reads nothing.
type scanner struct {
	rest   []byte
	failed bool
}

func (s *scanner) has(literal string) bool {
	if s.failed || len(s.rest) < len(literal) || string(s.rest[:len(literal)]) != literal {
		return false
	}
	s.rest = s.rest[len(literal):]
	return true
}

func (s *scanner) skip(literal string) {
	if !s.has(literal) {
		s.failed = true
	}
}

func (s *scanner) text() string { return string(s.word()) }

// word reads a string of plain ASCII.
func (s *scanner) word() []byte {
	s.skip(`"`)
	end := bytes.IndexByte(s.rest, '"')
	if s.failed || end < 0 {
		s.failed = true
		return nil
	}
	word := s.rest[:end]
	for _, c := range word {
		if c < ' ' || c > '~' || c == '\\' {
			s.failed = true
			return nil
		}
	}
	s.rest = s.rest[end+1:]
	return word
}

// object reads up to the end of an object. What is between its braces is
// looked at by whoever decodes the fact.
func (s *scanner) object() []byte {
	if s.failed || len(s.rest) == 0 || s.rest[0] != '{' {
		s.failed = true
		return nil
	}
	depth, inText := 0, false
	for i := 0; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				object := s.rest[: i+1 : i+1]
				s.rest = s.rest[i+1:]
				return object
			}
		}
	}
	s.failed = true
	return nil
}
