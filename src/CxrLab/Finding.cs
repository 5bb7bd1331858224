namespace CxrLab;

/// <summary>Names of findings as the data sets write them.</summary>
public static class Finding
{
#pragma warning disable CS1591 // A finding's name needs no second wording.
    public const string Atelectasis = "Atelectasis";
    public const string Cardiomegaly = "Cardiomegaly";
    public const string Effusion = "Effusion";
    public const string Infiltration = "Infiltration";
    public const string Mass = "Mass";
    public const string Nodule = "Nodule";
    public const string Pneumonia = "Pneumonia";
    public const string Pneumothorax = "Pneumothorax";
    public const string Consolidation = "Consolidation";
    public const string Edema = "Edema";
    public const string Emphysema = "Emphysema";
    public const string Fibrosis = "Fibrosis";
    public const string PleuralThickening = "Pleural_Thickening";
    public const string Hernia = "Hernia";
#pragma warning restore CS1591

    /// <summary>The mark of an image on which no finding was reported; it isn't itself a finding.</summary>
    public const string NoFinding = "No Finding";
}
