"""The core against numbers that others published."""

import numpy as np
import pytest

from cells import LSTM, backprop, run

# StatQuest, "Long Short-Term Memory, clearly explained" (https://youtu.be/YCzL96nL7j0; notebook in
# github.com/StatQuest/signa, chapter_08): weights on h, on x, bias, to two decimals as in the video.
TWO_DECIMALS = {"f": (2.70, 1.63, 1.62), "i": (2.00, 1.65, 0.62), "g": (1.41, 0.94, -0.32), "o": (4.38, -0.19, 0.59)}
# The same to full precision: what the notebook's training arrives at (tests/lessons/test_claims.py repeats it).
FULL = {
    "f": (2.704272985458374, 1.6307340860366821, 1.6233751773834229),
    "i": (1.998272180557251, 1.652487874031067, 0.6204319596290588),
    "g": (1.4122228622436523, 0.9393231272697449, -0.3217000365257263),
    "o": (4.384811878204346, -0.19428038597106934, 0.5934787392616272),
}
DAYS = np.array([[0, 0.5, 0.25, 1], [1, 0.5, 0.25, 1]]).T[:, :, None]  # companies A and B
TARGETS = np.array([[0.0], [1.0]])


def four_day_cell(weights):
    """The single unit of the example."""
    parameters = {}
    for gate, (u, w, b) in weights.items():
        parameters |= {f"U_{gate}": [[u]], f"W_{gate}": [[w]], f"b_{gate}": [b]}
    return LSTM(**parameters)


# Every value of every day, recomputed in float64 by a plain script from the published weights: (T, company).
VALUES = {
    "two decimals": {
        "f": [[0.8347951298093854, 0.9626731126558706], [0.8899333649914944, 0.9601276747290955],
              [0.8540706142821003, 0.9753778958055077], [0.9427412234011847, 0.9962822582693217]],
        "i": [[0.6502185485738271, 0.9063617877622643], [0.7666497239579055, 0.8805739838010188],
              [0.6983506983010358, 0.9051639916107791], [0.8740842378843403, 0.9820844897120351]],
        "g": [[-0.30950692121263845, 0.5511280285381469], [-0.030125883540350274, 0.49282005469954104],
              [-0.2175622369935446, 0.6512948848465393], [0.3675888248853307, 0.9510323868666904]],
        "o": [[0.6433651456944017, 0.598687660112452], [0.4838635295411363, 0.8462907790391042],
              [0.5298978748142537, 0.96164987510185], [0.41871865328070973, 0.9851892868895887]],
        "keep": [[0.0, 0.0], [-0.17909654546018985, 0.4796043060799949],
                 [-0.17268671176083572, 0.8910748381471995], [-0.30603402469630553, 1.4750990143531835]],
        "write": [[-0.20124714108443564, 0.49952138523172707], [-0.02309600030019755, 0.4339645188638109],
                  [-0.15193474012837732, 0.5895286776833762], [0.3213035978546945, 0.9339941563555925]],
        "c": [[-0.20124714108443564, 0.49952138523172707], [-0.2021925457603874, 0.9135688249438058],
              [-0.32462145188921304, 1.4806035158305757], [0.01526957315838895, 2.409093170708776]],
        "squash": [[-0.1985735808339416, 0.46174066851897516], [-0.19948153609348737, 0.7228407725308298],
                   [-0.3136796649904429, 0.9015809983250721], [0.015268386518523656, 0.9839667102971744]],
        "h": [[-0.12775532076428792, 0.2764384404143846], [-0.09652184013248238, 0.6117334805063439],
              [-0.16621818785088274, 0.8670052544335067], [0.006393158240805569, 0.9693934616407678]],
    },
    "full": {
        "c": [[-0.20227667462224186, 0.4981554455422744], [-0.20577022630926967, 0.9106585713272626],
              [-0.33038009687587955, 1.4765174640586602], [0.005215720131487467, 2.4049127220446422]],
        "h": [[-0.12855064637393648, 0.2757058828756738], [-0.0980428322520795, 0.610503951084613],
              [-0.16858907154027009, 0.8662658581792837], [0.002168684372555669, 0.9692637524858664]],
    },
}  # fmt: skip


@pytest.mark.parametrize(("weights", "values"), [(TWO_DECIMALS, VALUES["two decimals"]), (FULL, VALUES["full"])])
def test_four_days_value_by_value(weights, values):
    trace = run(four_day_cell(weights), DAYS)
    for name, expected in values.items():
        np.testing.assert_allclose(trace[name][..., 0], expected, atol=1e-12, rtol=0, err_msg=name)


def test_four_days_answers_as_published():
    """The notebook prints 0.0022 and 0.9693 for the full weights; the video says 0 and 1."""
    assert run(four_day_cell(FULL), DAYS)["h"][-1].round(4).ravel().tolist() == [0.0022, 0.9693]
    assert run(four_day_cell(TWO_DECIMALS), DAYS)["h"][-1].round().ravel().tolist() == [0.0, 1.0]


def test_four_days_one_step_as_told_in_the_articles():
    """A step with h = 1, c = 2, x = 1: z_f 5.95, f 0.997, z_g 2.03, g 0.97, z_i 4.27, tanh c 0.99, o 0.99.

    dev.to/rijultp, "Understanding LSTMs", parts 3, 5 and 6.
    """
    trace = run(four_day_cell(TWO_DECIMALS), [[1.0]], start={"h": [1.0], "c": [2.0]})
    published = {"a_f": 5.95, "f": 0.997, "a_g": 2.03, "g": 0.97, "a_i": 4.27, "squash": 0.99, "o": 0.99}
    for name, value in published.items():
        decimals = len(str(value).split(".")[1])
        assert round(trace[name].item(), decimals) == value, name


def test_four_days_gradients_of_day_5():
    """L = (h₄ − target)²: values of a plain backward script, agreeing with torch autograd."""
    trace = run(four_day_cell(TWO_DECIMALS), DAYS)
    grads = backprop(trace, {"h": 2 * (trace["h"][-1] - TARGETS)})
    expected = {
        "x": [[0.005594267232201336, -0.0040627745236856624], [0.00594924510161274, -0.002788461447122826],
              [0.004138216169625882, -0.0016211375520061803], [0.003999066298717945, -7.231646106476423e-05]],
        "h": [[0.00794763325156555, -0.005434822689656225], [0.004108216883625488, -0.003026626002794129],
              [0.006093485528456997, -0.004195797445940575], [0.012786316481611326, -0.06121307671846443]],
        "c": [[0.012658349551855026, -0.006231330758435939], [0.008704855667491398, -0.0038237475530043573],
              [0.007957351740240074, -0.0026663237237305637], [0.005352621104191395, -0.0019183193603885254]],
    }  # fmt: skip
    for name, values in expected.items():
        np.testing.assert_allclose(grads[name][..., 0], values, atol=1e-12, rtol=0, err_msg=name)
    a = backprop(run(four_day_cell(TWO_DECIMALS), DAYS[:, 0]), {"h": grads["h"][-1, 0]}).params
    published = {
        "U_f": 5.6867668766506416e-05, "W_f": -0.00022972361200740448, "b_f": -0.00046591542154868204,
        "U_i": 5.199574179841068e-06, "W_i": 0.00010192140451654029, "b_i": -0.0010861090000475705,
        "U_g": -0.002035391254276915, "W_g": 0.008703713124513181, "b_g": 0.023450202911776227,
        "U_o": 6.420698712875763e-05, "W_o": -0.00017385118425354538, "b_o": -0.000995400275216304,
    }  # fmt: skip
    for name, value in published.items():
        np.testing.assert_allclose(a[name].item(), value, atol=1e-12, rtol=0, err_msg=name)


def test_backpropagating_an_lstm_by_hand():
    """Aidan Gomez, "Backpropogating an LSTM: A Numerical Example" (2016), its forward pass, gradients and update."""
    lstm = LSTM(
        W_g=[[0.45, 0.25]], W_i=[[0.95, 0.8]], W_f=[[0.7, 0.45]], W_o=[[0.6, 0.4]],
        U_g=[[0.15]], U_i=[[0.8]], U_f=[[0.1]], U_o=[[0.25]], b_g=[0.2], b_i=[0.65], b_f=[0.15], b_o=[0.1],
    )  # fmt: skip
    trace = run(lstm, [[1, 2], [0.5, 3]])
    grads = backprop(trace, {"h": trace["h"] - [[0.5], [1.25]]})  # L = ½ Σ (h − target)²
    forward = {
        "g": [0.8177540779702877, 0.8498040223194213], "i": [0.9608342772032357, 0.9811839683254171],
        "f": [0.8519528019683106, 0.8703019698552491], "o": [0.8175744761936437, 0.8499333428022842],
        "c": [0.7857261484365797, 1.5176330976694041], "h": [0.5363133978820118, 0.7719811057588907],
    }  # fmt: skip
    backward = {
        "a_g": [-0.01702404472886597, -0.01938434750774075], "a_i": [-0.0016458818995508829, -0.001115614070446023],
        "a_f": [0.0, -0.006306541742007648], "a_o": [0.0017648023073026033, -0.05537783112520711],
    }  # fmt: skip
    for name, values in forward.items():
        np.testing.assert_allclose(trace[name][:, 0], values, atol=1e-12, rtol=0, err_msg=name)
    for name, values in backward.items():
        np.testing.assert_allclose(grads[name][:, 0], values, atol=1e-12, rtol=0, err_msg=name)
    updated = {name: p - 0.1 * grads.params[name] for name, p in lstm.parameters.items()}
    np.testing.assert_allclose(updated["W_o"], [[0.60259241, 0.41626039]], atol=1e-8)
    np.testing.assert_allclose(updated["U_f"], [[0.10033823]], atol=1e-8)
    np.testing.assert_allclose(updated["b_g"], [0.20364084], atol=1e-8)
