"""A secret by which seeds and ids are hidden, so that an index need not hold the text.

Who has both can try texts out: that is what a check does. Who has the index alone sees
no text, but where equal seeds stand: by these patterns a text that somebody has can be
recognised, and with enough known texts of an index others of it be read in part. So it
keeps a text from being copied about, and is no substitute for keeping the index itself.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from detector.fingerprints.seeds import Seeds
from detector.kernels.rolling import mix


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What is derived of a secret.

    Attributes
    ----------
    mask : tuple of uint64
        For seeds.
    ids : bytes
        For the names of documents and files.
    check : str
        Tells whether another secret is the same; says nothing else about it.
    """

    mask: tuple[np.uint64, np.uint64]
    ids: bytes
    check: str

    @classmethod
    def of(cls, secret: bytes) -> "Key":
        """Derive a key; the secret should be 32 random bytes and more."""
        seeds = _derived(secret, b"seeds")
        one, other = (int.from_bytes(seeds[at : at + 8], "little") for at in (0, 8))
        mask = np.uint64(one), np.uint64(other)
        return cls(mask, _derived(secret, b"ids"), _derived(secret, b"check").hex())

    def hidden(self, seeds: Seeds) -> Seeds:
        """Return seeds whose hashes say nothing to who has not the secret."""
        hashes: NDArray[np.uint64] = mix(
            mix(seeds.hashes ^ self.mask[0]) ^ self.mask[1]
        )
        return seeds._replace(hashes=hashes)

    def name(self, digest: bytes) -> bytes:
        """Return what stands for a digest of 32 bytes: 32 others."""
        return _derived(self.ids, digest)


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return hmac.new(secret, purpose, sha256).digest()
