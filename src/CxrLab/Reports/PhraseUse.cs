namespace CxrLab.Reports;

/// <summary>What a phrase says of its concept.</summary>
internal enum PhraseUse
{
    /// <summary>Names it: "atelectasis". The words around it decide.</summary>
    Mention,

    /// <summary>Looks like a mention and isn't one: "bone density".</summary>
    Unmention,

    /// <summary>Says by itself that it is absent: "heart size is normal".</summary>
    Absent,

    /// <summary>Says by itself that it is in doubt.</summary>
    Borderline,
}
