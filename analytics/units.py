"""The units of the metrics in the dictionary, marked for the catalogues."""

from language import N_

YUAN = "元"
UNITS = (N_("项"), N_("次"), N_("元"), N_("倍"), N_("比例"), N_("天"))
