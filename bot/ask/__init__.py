"""Questions in words, English and Chinese, read and answered without a model and a network.

* ``text`` and ``phrases`` cut what was typed and find phrases; ``lexicon`` has all words, as data.
* ``names``, ``amounts`` and ``reminder`` find providers, cards, numbers with a role, and times.
* ``evidence`` weighs ideas against each other; ``read`` puts it together into a ``Reading``.
* ``answer`` asks the engines that the commands use; ``premises`` are what was taken for granted.
"""
