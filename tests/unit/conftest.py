import pytest

from unit.training import Training, train_on_seeds


@pytest.fixture(scope="session")
def training(tmp_path_factory: pytest.TempPathFactory) -> Training:
    """A training run through, once for all tests."""
    return train_on_seeds(tmp_path_factory.mktemp("trained"))
