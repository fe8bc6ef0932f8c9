package eventstore

import "github.com/nats-io/nats.go/jetstream"

// StreamConfig is how the log is kept.
var StreamConfig = streamConfig

// WithoutTail returns the log as somebody sees it who has not followed it.
func WithoutTail(j *JetStream) *JetStream {
	_, _, known, _ := j.tail.after(0)
	cold := &JetStream{codec: j.codec, patience: j.patience, nc: j.nc, js: j.js, log: j.log}
	cold.tail.last, cold.tail.known = known, known
	return cold
}

// JetStreamOf returns what the log speaks to the server with.
func JetStreamOf(j *JetStream) jetstream.JetStream { return j.js }

// IsQuick reports whether a message is read without encoding/json.
func IsQuick(m Message) bool {
	_, ok := quickly(m.Body)
	return ok
}
