"""What was found, as the words themselves."""

from torg import detectors


def found(text: str, kind: detectors.Kind) -> list[str]:
    return [text[finding.start : finding.end] for finding in detectors.run(text) if finding.kind is kind]


def kinds(text: str) -> set[detectors.Kind]:
    return {finding.kind for finding in detectors.run(text)}


def codes(text: str) -> set[str]:
    return {finding.code for finding in detectors.run(text)}


def with_check_digits(nine: str) -> str | None:
    """Nine digits and their two check digits; None when the rule leaves none."""
    digits = [int(sign) for sign in nine]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        check = -sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return None
        digits.append(check)
    return "".join(map(str, digits))
