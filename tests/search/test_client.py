"""How the site reaches Elasticsearch, and what counts as an answer."""

import certifi
import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, ConnectionTimeout, SerializationError

from search.elastic import client
from search.engines.base import EngineSlow, EngineUnavailable, QueryRefused


def test_several_nodes_a_key_and_an_authority(settings):
    settings.ELASTICSEARCH_URL = "https://one:9200,https://two:9200"
    settings.ELASTICSEARCH_API_KEY = "a2V5"
    settings.ELASTICSEARCH_CA_FILE = certifi.where()
    asked = client.for_search()
    nodes = [node.config for node in asked.transport.node_pool.all()]
    assert {node.host for node in nodes} == {"one", "two"}
    assert {node.ca_certs for node in nodes} == {certifi.where()}
    assert asked._headers["authorization"] == "ApiKey a2V5"


def answered(status):
    node = NodeConfig("http", "one", 9200)
    return ApiError("no", ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, node), {})


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (answered(400), QueryRefused),
        (answered(413), QueryRefused),
        (SerializationError("a lone surrogate"), QueryRefused),
        (answered(401), EngineUnavailable),
        (answered(404), EngineUnavailable),
        (answered(429), EngineUnavailable),
        (answered(503), EngineUnavailable),
        (ConnectionTimeout("too long"), EngineSlow),
    ],
    ids=lambda value: getattr(value, "message", "") or str(getattr(value, "__name__", value)),
)
def test_what_is_wrong_with_one_query_is_told_from_what_is_wrong_with_the_node(error, expected):
    with pytest.raises(EngineUnavailable) as caught, client.unavailable_on_error():
        raise error
    assert caught.type is expected
