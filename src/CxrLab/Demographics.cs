namespace CxrLab;

/// <summary>How the X-ray was taken.</summary>
public enum View : byte
{
    /// <summary>The table doesn't say.</summary>
    Unknown,

    /// <summary>Posterior to anterior: standing patient, detector at the chest.</summary>
    PA,

    /// <summary>Anterior to posterior: often a portable machine at the bed; the heart looks larger.</summary>
    AP,

    /// <summary>From the side.</summary>
    Lateral,

    /// <summary>Any other projection.</summary>
    Other,
}

/// <summary>Sex as recorded in the data set's table.</summary>
public enum Sex : byte
{
#pragma warning disable CS1591
    Unknown,
    Female,
    Male,
#pragma warning restore CS1591
}
