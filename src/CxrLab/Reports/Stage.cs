namespace CxrLab.Reports;

/// <summary>The questions asked of every mention, in this order; the first rule that answers decides.</summary>
public enum Stage
{
    /// <summary>Not said of this image: "history of".</summary>
    History,

    /// <summary>Doubt that a negation must not swallow: "cannot exclude".</summary>
    DoubtBeforeNegation,

    /// <summary>"no", "without", "is not seen", "has resolved".</summary>
    Negation,

    /// <summary>"may represent", "possible", "versus".</summary>
    Doubt,

    /// <summary>"likely", "probably": doubt in one scheme, an assertion in another.</summary>
    Probable,
}
