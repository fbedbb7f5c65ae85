"""Commands of databases and shells that became names of tools, where they are no verbs of English."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words
from policyctl.model.catalog import Category

COMMANDS: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        mget hget hgetall hmget hkeys hvals hlen llen lrange lindex scard smembers sismember zcard zrange zscore xrange xlen xread
        ttl pttl exists dbsize strlen
        ls dir cat head tail less wc du df ps pwd grep rg awk which printenv ifconfig netstat nslookup dig traceroute uname hostname
        lsof stat tree
    """),
    Category.WRITE: words("""
        mset setex setnx hset hmset hsetnx lpush rpush lpop rpop lset sadd zadd xadd incr incrby decr decrby getset persist
        mkdir touch cp mv ln chmod chown scp rsync tar unzip sed tee
    """),
    Category.EXECUTE: words("sudo ssh bash sh zsh powershell pwsh npx"),
    Category.DESTRUCTIVE: words("hdel srem zrem lrem xdel flushdb flushall rm rmdir rmi del dd mkfs shred"),
}
