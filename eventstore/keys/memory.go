package keys

import (
	"crypto/cipher"
	"sync"

	"koersvast/domain"
)

// Memory is a key store for tests, which lasts as long as the test does. The
// zero Memory is empty and ready. It is safe for concurrent use.
type Memory struct {
	mu         sync.Mutex
	keys       map[domain.KeyID]cipher.AEAD // nil when destroyed
	generation uint64
}

var _ domain.Sealer = (*Memory)(nil)

// Seal implements [domain.Sealer], as [Store.Seal] does.
func (m *Memory) Seal(id domain.KeyID, text, context []byte) ([]byte, error) {
	if err := m.Prepare(id); err != nil {
		return nil, err
	}
	key, err := m.key(id)
	if err != nil {
		return nil, err
	}
	return key.Seal(nil, nil, text, bound(context, id)), nil
}

// Open implements [domain.Sealer], as [Store.Open] does.
func (m *Memory) Open(id domain.KeyID, sealed, context []byte) ([]byte, error) {
	key, err := m.key(id)
	if err != nil {
		return nil, err
	}
	return openText(key, id, sealed, context)
}

// Prepare makes the keys of those names that have none yet.
func (m *Memory) Prepare(ids ...domain.KeyID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		if _, ok := m.keys[id]; ok {
			continue
		}
		key, err := newAEAD(newKey())
		if err != nil {
			return err
		}
		m.set(id, key)
	}
	return nil
}

// Destroy destroys keys for good, as [Store.Destroy] does.
func (m *Memory) Destroy(ids ...domain.KeyID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		if key, ok := m.keys[id]; !ok || key != nil {
			m.set(id, nil)
			m.generation++
		}
	}
	return nil
}

// Generation changes with every destruction of keys.
func (m *Memory) Generation() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.generation
}

func (m *Memory) set(id domain.KeyID, key cipher.AEAD) {
	if m.keys == nil {
		m.keys = map[domain.KeyID]cipher.AEAD{}
	}
	m.keys[id] = key
}

func (m *Memory) key(id domain.KeyID) (cipher.AEAD, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch key, ok := m.keys[id]; {
	case !ok:
		return nil, unreadable(id, errNoKey)
	case key == nil:
		return nil, domain.ErrErased
	default:
		return key, nil
	}
}
