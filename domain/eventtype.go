package domain

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// An EventType turns the facts of one name into bytes and back.
type EventType struct {
	Name string

	// Public facts may leave the programme's own log: they go to the feed for
	// others, without their private texts.
	Public bool

	// Go is the fact's struct, for those who describe its shape.
	Go reflect.Type

	// Encode seals the private texts of a fact and writes it as JSON. The
	// fact's id is bound to each seal.
	Encode func(e Event, id string, s Sealer) ([]byte, error)

	// Decode reads what Encode wrote. A text whose key has been destroyed
	// comes back erased; any other failure to open one is an error.
	Decode func(b []byte, id string, s Sealer) (Event, error)

	// Publish writes a fact as JSON without its private texts.
	Publish func(e Event) ([]byte, error)

	// Keys lists the keys under which Encode seals the texts of a fact, so
	// that those of many facts can be made at once.
	Keys func(e Event) ([]KeyID, error)
}

// Published returns t as a public type.
func (t EventType) Published() EventType {
	t.Public = true
	return t
}

// TypeOf returns the EventType of E. The name comes from E itself, so there
// is one place that states it.
func TypeOf[E Event]() EventType {
	var zero E
	name := zero.EventName()
	cast := func(e Event) (E, error) {
		v, ok := e.(E)
		if !ok {
			return v, fmt.Errorf("domain: %T is no %s", e, name)
		}
		return v, nil
	}
	return EventType{
		Name: name,
		Go:   reflect.TypeFor[E](),
		Encode: func(e Event, id string, s Sealer) ([]byte, error) {
			v, err := cast(e)
			if err != nil {
				return nil, err
			}
			for i, p := range texts(&v) {
				if err := p.seal(s, place(id, name, i)); err != nil {
					return nil, fmt.Errorf("domain: %s: %w", name, err)
				}
			}
			return json.Marshal(v)
		},
		Decode: func(b []byte, id string, s Sealer) (Event, error) {
			var v E
			if err := json.Unmarshal(b, &v); err != nil {
				return nil, fmt.Errorf("domain: %s: %w", name, err)
			}
			for i, p := range texts(&v) {
				if err := p.open(s, place(id, name, i)); err != nil {
					return nil, fmt.Errorf("domain: %s: %w", name, err)
				}
			}
			return v, nil
		},
		Publish: func(e Event) ([]byte, error) {
			v, err := cast(e)
			if err != nil {
				return nil, err
			}
			for _, p := range texts(&v) {
				*p = Private{}
			}
			return json.Marshal(v)
		},
		Keys: func(e Event) (keys []KeyID, err error) {
			v, err := cast(e)
			if err != nil {
				return nil, err
			}
			for _, p := range texts(&v) {
				if p.text != nil {
					keys = append(keys, p.key)
				}
			}
			return keys, nil
		},
	}
}
