namespace CxrLab.Data;

/// <summary>Labels of the COVIDx family. Its classes exclude each other: "pneumonia" there is pneumonia of another cause.</summary>
public static class CovidLabels
{
    /// <summary>COVID-19 was proven.</summary>
    public const string Covid = "COVID-19";

    /// <summary>Pneumonia, not COVID-19.</summary>
    public const string OtherPneumonia = "Pneumonia, not COVID-19";

    /// <summary>COVID-19 in three or more zones (level 2) against one or two (level 1).</summary>
    public const string Level2 = "COVID-19 level 2";
}
