"""The cache that tests use where Redis runs."""

from django.core.cache.backends.redis import RedisCache


class OwnKeys(RedisCache):
    """Clears its own keys only: Redis itself is shared by all processes that run tests."""

    def clear(self) -> bool:
        client = self._cache.get_client()
        for key in client.scan_iter(f"{self.key_prefix}:*", count=1000):
            client.delete(key)
        return True
