"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, crowd

core.main()
crowd.main()
